import { formatLocation, type Step } from '../../runner/index.ts'
import type { Finding } from './findings.ts'
import type { Patience } from './patience.ts'
import type { AuditedMirror } from './report.ts'

/** What all parts of an audit share. */
export interface Work {
  readonly step: Step
  readonly patience: Patience
  /** Notes that a repository or file of a mirror was looked at. */
  readonly count: (mirror: string, what: 'repositories' | 'files') => void
}

export interface Count {
  readonly add: Work['count']
  /** In the order in which they were first counted. */
  mirrors(): AuditedMirror[]
}

export function createCount(): Count {
  const counts = new Map<string, AuditedMirror>()
  return {
    add(mirror, what) {
      const known = counts.get(mirror) ?? { mirror, repositories: 0, files: 0 }
      counts.set(mirror, { ...known, [what]: known[what] + 1 })
    },
    mirrors: () => [...counts.values()].sort((left, right) => (left.mirror < right.mirror ? -1 : 1)),
  }
}

/** A line that cannot be promoted is not passed over: what was meant by it is at no mirror. */
export const malformedLines = ({
  findings,
}: {
  readonly findings: readonly Required<Pick<Finding, 'message' | 'location'>>[]
}): Finding[] =>
  findings.map(({ message, location }) => ({
    kind: 'malformed',
    mirror: '',
    item: formatLocation(location),
    message,
    location,
  }))
