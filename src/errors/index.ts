/** What goes wrong, told so that a user can mend it. The lowest layer: everything may import it. */

/** A place in a file that a message is about; line and column count from 1. */
export interface Location {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

export interface UserErrorOptions {
  readonly hint?: string
  readonly location?: Location
  readonly cause?: unknown
  readonly outputs?: Readonly<Record<string, unknown>>
}

/**
 * A mistake that the user can mend: bad input, a missing file, a digest that does not match.
 * It is shown as one message without a stack, with the hint on what to do next.
 */
export class UserError extends Error {
  readonly hint: string | undefined
  readonly location: Location | undefined
  /** What a step found out before it failed; it becomes the step's outputs. */
  readonly outputs: Readonly<Record<string, unknown>> | undefined

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'UserError'
    this.hint = options.hint
    this.location = options.location
    this.outputs = options.outputs
  }
}

/** Several items failed while others went on; the step ends non-zero and names each (design rule 5). */
export class FailedItems extends UserError {
  readonly failures: readonly Error[]

  constructor(what: string, failures: readonly Error[], options: Pick<UserErrorOptions, 'outputs'> = {}) {
    const items = failures.map((failure) => `- ${describeError(failure)}`).join('\n')
    super(`${what}: ${failures.length} failed\n${items}`, options)
    this.name = 'FailedItems'
    this.failures = failures
  }
}

/** One line (two with a hint) that says what went wrong, for a log or a list of failures. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = error instanceof UserError && error.location ? `${formatLocation(error.location)}: ` : ''
  const hint = error instanceof UserError && error.hint ? `\n  ${error.hint}` : ''
  return `${place}${error.message}${hint}`
}

/** `file:line:column`, as compilers print it. */
export function formatLocation(location: Location): string {
  return [location.file, location.line, location.column].filter((part) => part !== undefined).join(':')
}
