import { basename } from 'node:path'
import { type Digest, digestFromHex } from '../../oci/index.ts'
import { fileSubjects, type Release } from '../../release/index.ts'
import { UserError } from '../../runner/index.ts'
import type { FileWish } from './wish.ts'

/**
 * The files of a release and the bundles that speak of them, to be published in a store under their base names.
 * @throws UserError when two would have the same name
 */
export function wishOfReleaseFiles({ record, directory }: Release, destination: string): FileWish[] {
  const address = `file:${directory}`
  const subjects = fileSubjects(record)
  const published = new Set<Digest>(subjects.map(({ sha256 }) => digestFromHex(sha256)))
  const bundles = record.evidence.filter((evidence) => evidence.subjects.some((digest) => published.has(digest)))
  const evidence = bundles.map(
    ({ path, sha256, size }): FileWish => ({
      kind: 'evidence',
      name: basename(path),
      source: { address, name: path },
      sha256,
      size,
      destination,
      evidence: [],
    }),
  )
  const files = subjects.map((subject): FileWish => {
    const digest = digestFromHex(subject.sha256)
    const speaking = bundles.filter((bundle) => bundle.subjects.includes(digest))
    return {
      kind: subject.role === 'checksums' ? 'checksums' : 'file',
      name: subject.name,
      source: { address, name: subject.path },
      sha256: subject.sha256,
      size: subject.size,
      destination,
      evidence: speaking.map(({ path }) => basename(path)).sort(),
    }
  })
  const names = new Map<string, FileWish>()
  for (const file of [...evidence, ...files]) {
    const other = names.get(file.name)
    if (other) {
      throw new UserError(`${other.source.name} and ${file.source.name} would both be published as ${file.name}`)
    }
    names.set(file.name, file)
  }
  return [...names.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
}
