import type { FileManifest } from '../../manifests/index.ts'
import type { FileKind, FileWish } from './wish.ts'

/** What file manifests ask for: each file, in each of the stores that shall have it. */
export function wishOfFileManifests(manifests: readonly FileManifest[]): FileWish[] {
  return manifests.flatMap(({ source, destinations, files }) => {
    const evidence = evidenceByFile(files.map(({ name }) => name))
    return destinations.flatMap((destination) =>
      files.map(
        ({ name, sha256 }): FileWish => ({
          kind: kindOfName(name),
          name,
          source: { address: source, name },
          sha256,
          destination,
          evidence: evidence.get(name) ?? [],
        }),
      ),
    )
  })
}

const checksums = /(?:^|\/)(?:SHA\d+SUMS|MD5SUMS|checksums\.txt)$|\.(?:sha\d+|md5)$/
const evidence = /\.(?:sig|asc|cert|pem|att|bundle|sigstore|sigstore\.json|intoto\.jsonl)$/

/** A manifest does not say what a file is for; its name does. */
export function kindOfName(name: string): FileKind {
  if (checksums.test(name)) return 'checksums'
  return evidence.test(name) ? 'evidence' : 'file'
}

/** `tool.tar.gz.sig` speaks of `tool.tar.gz`. */
export function evidenceByFile(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const name of new Set(names)) {
    if (kindOfName(name) !== 'evidence') continue
    const subject = name.replace(evidence, '')
    found.set(subject, [...(found.get(subject) ?? []), name].sort())
  }
  return found
}
