import parse from 'semver/functions/parse.js'
import { UserError } from '../../runner/index.ts'

/** A version marker that shall say another version. */
export interface MarkerMove {
  /** `stable-1.2.txt`. */
  readonly name: string
  /** What it says now; undefined when there is none. */
  readonly from?: string
  readonly to: string
}

/**
 * The markers that a version concerns, narrow ones first: `latest*` for every version, `stable*` for those that are no
 * pre-release. Each of the two comes as `-MAJOR.MINOR`, `-MAJOR` and alone.
 * @throws UserError when it is no semantic version
 */
export function markerNames(version: string): string[] {
  const { major, minor, prerelease } = parseVersion(version, 'The version')
  const kinds = prerelease.length === 0 ? ['stable', 'latest'] : ['latest']
  return kinds.flatMap((kind) => [`${kind}-${major}.${minor}.txt`, `${kind}-${major}.txt`, `${kind}.txt`])
}

/**
 * The markers that a version moves: forward only, by semantic version. Pure.
 * @param texts what each marker says, by name; those that are not there are missing
 * @throws UserError when one says something else than a version
 */
export function planMarkers(version: string, texts: ReadonlyMap<string, string>): MarkerMove[] {
  const wanted = parseVersion(version, 'The version')
  return markerNames(version).flatMap((name): MarkerMove[] => {
    const text = texts.get(name)?.trim()
    if (text === undefined) return [{ name, to: version }]
    return wanted.compare(parseVersion(text, name)) > 0 ? [{ name, from: text, to: version }] : []
  })
}

function parseVersion(text: string, what: string): NonNullable<ReturnType<typeof parse>> {
  const version = parse(text)
  if (version && version.raw === text && text === text.trim()) return version
  throw new UserError(`${what} is no semantic version: '${text.slice(0, 100)}'`, {
    hint: 'Write it as v1.2.3 or v1.2.3-rc.1; what else a marker holds is replaced by hand only.',
  })
}
