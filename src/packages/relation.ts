import { UserError } from '../errors/index.ts'

/** A package that another package relates to, of any version or of some. */
export interface Relation {
  readonly name: string
  readonly comparison?: { readonly operator: RelationOperator; readonly version: string }
}

export type RelationOperator = '<' | '<=' | '=' | '>=' | '>'

const debianOperators: Readonly<Record<RelationOperator, string>> = {
  '<': '<<',
  '<=': '<=',
  '=': '=',
  '>=': '>=',
  '>': '>>',
}

const operators: Readonly<Record<string, RelationOperator>> = {
  '<<': '<',
  '<': '<',
  '<=': '<=',
  '=': '=',
  '>=': '>=',
  '>': '>',
  '>>': '>',
}

/**
 * `iptables >= 1.4.21` (RPM) or `iptables (>= 1.4.21)` (Debian); either may be written for both formats.
 * @throws UserError that names the place
 */
export function parseRelation(text: string, place: string): Relation {
  const [, name, open, operator, version, close] =
    /^([A-Za-z0-9/_][^\s<>=,|[\]]*)(?:\s*(\()?\s*(<<|<=|=|>=|>>|<|>)\s*([0-9A-Za-z.+~^:-]+)\s*(\))?)?$/.exec(text) ?? []
  if (name === undefined || (open === undefined) !== (close === undefined)) {
    throw new UserError(`${place}: '${text}' is not a relation to a package`, {
      hint: "Write a name, or a name and a version as in 'iptables >= 1.4.21'; alternatives (|) are Debian's alone: write them below 'deb'.",
    })
  }
  const comparison = operator === undefined ? undefined : operators[operator]
  return { name, ...(comparison && version ? { comparison: { operator: comparison, version } } : {}) }
}

/** `iptables >= 1.4.21`. */
export const formatRelation = ({ name, comparison }: Relation): string =>
  comparison ? `${name} ${comparison.operator} ${comparison.version}` : name

/** `iptables (>= 1.4.21)`. */
export const formatDebianRelation = ({ name, comparison }: Relation): string =>
  comparison ? `${name} (${debianOperators[comparison.operator]} ${comparison.version})` : name

const debianRelation =
  /^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?( \((<<|<=|=|>=|>>) [0-9A-Za-z.+~:-]+\))?( \[!?[a-z0-9-]+( !?[a-z0-9-]+)*\])?$/

/**
 * A relation in Debian's syntax (Policy 7.1), with alternatives: `mount | util-linux (>= 2.0)`.
 * @throws UserError that names the place
 */
export function parseDebianRelation(text: string, place: string): string {
  if (text.split(' | ').every((alternative) => debianRelation.test(alternative))) return text
  // The RPM way of writing a version is understood here too.
  const relation = formatDebianRelation(parseRelation(text, place))
  if (debianRelation.test(relation)) return relation
  throw new UserError(`${place}: '${text}' is not a relation of a Debian package`, {
    hint: "Write it as in 'iptables (>= 1.4.21)', in lower case.",
  })
}
