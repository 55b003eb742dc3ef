import type { FileManifest, ManifestFile } from '../../manifests/index.ts'
import { digestFromHex } from '../../oci/index.ts'
import { mapConcurrently, type Step } from '../../runner/index.ts'
import { openStore, type Store, type StoredFile } from '../../storage/index.ts'
import { mirroredFiles } from '../destinations.ts'
import type { Mirrors } from '../policy.ts'
import type { Finding } from './findings.ts'
import { malformedLines, type Work } from './work.ts'

const filesAtOnce = 8

/**
 * Compares files in stores with their manifests: one list a store, and bytes only where the store cannot tell their SHA-256.
 * @param mirrors undefined for the stores that the manifests name
 */
export async function auditFiles(
  manifests: readonly FileManifest[],
  mirrors: Mirrors | undefined,
  work: Work,
): Promise<Finding[]> {
  const wanted = new Map<string, ManifestFile[]>()
  for (const manifest of manifests) {
    for (const address of mirrors ? mirroredFiles(mirrors, manifest) : ownStores(manifest, work.step)) {
      const files = wanted.get(address) ?? []
      for (const file of manifest.files) files.push(file)
      wanted.set(address, files)
    }
  }
  const named = new Set([...wanted].flatMap(([address, files]) => files.map(({ name }) => `${address}/${name}`)))
  const progress = work.step.progress(
    'Auditing files',
    [...wanted.values()].reduce((sum, files) => sum + files.length, 0),
  )
  const findings: Finding[] = []
  for (const [address, files] of wanted) {
    findings.push(...(await auditStore(openStore(address, work.step), files, named, work)))
    progress.advance(files.length)
  }
  progress.done()
  return [...manifests.flatMap(malformedLines), ...findings]
}

const ownStores = ({ destinations }: FileManifest, step: Step): string[] =>
  destinations.map((address) =>
    address.startsWith('file:') ? `file:${step.resolvePath(address.slice('file:'.length))}` : address,
  )

/** @param named addresses of all files in all manifests: stores may lie inside each other */
async function auditStore(
  store: Store,
  files: readonly ManifestFile[],
  named: ReadonlySet<string>,
  { patience, count }: Work,
): Promise<Finding[]> {
  const mirror = store.address
  const itemOf = (name: string): string => `${mirror}/${name}`
  for (const _ of files) count(mirror, 'files')
  const list = await patience.attempt(mirror, () => store.list(''))
  if ('failure' in list) return [{ kind: 'unreadable', mirror, item: mirror, message: list.failure }]
  const stored = new Map(list.result.map((file) => [file.name, file]))
  const judged = await mapConcurrently(files, filesAtOnce, async (file): Promise<Finding[]> => {
    const place = { mirror, item: itemOf(file.name), location: file.location }
    const digest = await patience.attempt(mirror, () => digestOf(stored.get(file.name), store))
    if ('failure' in digest) return [{ ...place, kind: 'unreadable', message: digest.failure }]
    const finding = judgeFile(file, digest.result)
    return finding ? [{ ...place, ...finding }] : []
  })
  const extra = [...stored.keys()].filter((name) => !named.has(itemOf(name)))
  return [
    ...judged.flat(),
    ...extra.map(
      (name): Finding => ({ kind: 'extra', mirror, item: itemOf(name), message: 'no manifest names the file' }),
    ),
  ]
}

const digestOf = async (file: StoredFile | undefined, store: Store): Promise<string | undefined> =>
  file && (file.sha256 ?? (await store.digestOf(file.name)))

function judgeFile(
  { sha256 }: ManifestFile,
  there: string | undefined,
): Pick<Finding, 'kind' | 'message' | 'expected' | 'found'> | undefined {
  if (there === sha256) return undefined
  const expected = digestFromHex(sha256)
  if (there === undefined) return { kind: 'missing', message: `the file is not there: ${expected}`, expected }
  const found = digestFromHex(there)
  return { kind: 'moved', message: `the file is ${found}, not ${expected}`, expected, found }
}
