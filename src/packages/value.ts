import { UserError } from '../errors/index.ts'
import { suggest } from '../runner/index.ts'

/** Values of a spec, checked as they are read; `place` is where one stands: `packages.hello.files[0]`. */
export function mappingAt(value: unknown, place: string, known?: readonly string[]): ReadonlyMap<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UserError(`${place}: expected a map, found ${describe(value)}`)
  }
  const members = new Map(Object.entries(value))
  for (const key of members.keys()) {
    if (!known || known.includes(key)) continue
    const near = suggest(key, known)
    throw new UserError(`${place}: unknown key '${key}'`, {
      hint: near ? `Did you mean '${near}'?` : `Known are ${known.join(', ')}.`,
    })
  }
  return members
}

export function listAt(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new UserError(`${place}: expected a list, found ${describe(value)}`)
  return value
}

/** Text that is not empty and, unless `lines` is set, is one line. */
export function textAt(value: unknown, place: string, options: { lines?: boolean } = {}): string {
  if (typeof value !== 'string') {
    const hint = ['number', 'boolean'].includes(typeof value) ? `Put it in quotes: '${value}'.` : undefined
    throw new UserError(`${place}: expected text, found ${describe(value)}`, hint ? { hint } : {})
  }
  const trimmed = value.trim()
  if (trimmed === '') throw new UserError(`${place}: the text is empty`)
  if (!options.lines && /[\r\n]/.test(trimmed)) throw new UserError(`${place}: expected one line`)
  return trimmed
}

export const textsAt = (value: unknown, place: string): string[] =>
  listAt(value, place).map((item, index) => textAt(item, `${place}[${index}]`))

export function matchAt(value: unknown, place: string, pattern: RegExp, expected: string): string {
  const found = textAt(value, place)
  if (!pattern.test(found)) throw new UserError(`${place}: '${found}' is not ${expected}`)
  return found
}

export function booleanAt(value: unknown, place: string): boolean {
  if (typeof value !== 'boolean') throw new UserError(`${place}: expected true or false, found ${describe(value)}`)
  return value
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return typeof value === 'string' ? `'${value}'` : String(value)
}
