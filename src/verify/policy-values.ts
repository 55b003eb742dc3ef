import { UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'

/** Nobody that a policy would mean; who matches this is anybody. */
const anybody = 'x'

/**
 * A regular expression that must match the whole text. Both anchors must be written, so that nobody takes it for a search;
 * it is grouped, so that an alternative within it is anchored, too.
 * @throws UserError
 */
export function parsePattern(
  yaml: StrictYaml,
  node: unknown,
  what: string,
): { readonly text: string; readonly pattern: RegExp } {
  const text = yaml.text(node, what) ?? ''
  const wrong = (problem: string, hint: string): UserError =>
    new UserError(`${what} ${problem}: '${text}'`, { hint, location: yaml.locate(node) })
  if (!/^\^.+\$$/s.test(text) || /(?<!\\)(?:\\\\)*\\\$$/.test(text)) {
    throw wrong('is not anchored', "Begin it with '^' and end it with '$', so that a part of a name never suffices.")
  }
  const pattern = compile(text)
  if (!pattern) throw wrong('is not a regular expression', 'It is read as JavaScript reads one with the flag u.')
  if (pattern.test('') || pattern.test(anybody)) throw wrong('matches anything', 'Write the part that is fixed.')
  return { text, pattern }
}

function compile(text: string): RegExp | undefined {
  try {
    // By itself first: what is unbalanced could become valid in the group.
    new RegExp(text, 'u')
    return new RegExp(`^(?:${text})$`, 'u')
  } catch {
    return undefined
  }
}

/** @returns undefined for what is absent @throws UserError for anything but a whole number in the range */
export function parseNumber(
  yaml: StrictYaml,
  node: unknown,
  what: string,
  least: number,
  most: number,
): number | undefined {
  if (node === undefined) return undefined
  const text = yaml.text(node, what) ?? ''
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new UserError(`${what} is '${text}', not a whole number from ${least} to ${most}`, {
    location: yaml.locate(node),
  })
}
