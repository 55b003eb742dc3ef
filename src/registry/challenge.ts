/** One challenge of a `WWW-Authenticate` header. Source: RFC 9110 §11.6.1. */
export interface Challenge {
  /** Lower case: `basic`, `bearer`. */
  readonly scheme: string
  /** Names in lower case. */
  readonly parameters: Readonly<Record<string, string>>
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const parameter = new RegExp(`^\\s*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))\\s*(?:,|$)`)
const scheme = new RegExp(`^[\\s,]*(${token})(?:\\s+|\\s*,|$)`)

/** The challenges of a header, in its order; what cannot be read ends the list. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = []
  let rest = header
  for (let match = scheme.exec(rest); match?.[1]; match = scheme.exec(rest)) {
    const parameters: Record<string, string> = {}
    challenges.push({ scheme: match[1].toLowerCase(), parameters })
    rest = rest.slice(match[0].length)
    for (let found = parameter.exec(rest); found?.[1]; found = parameter.exec(rest)) {
      parameters[found[1].toLowerCase()] = found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? ''
      rest = rest.slice(found[0].length)
    }
  }
  return challenges
}
