import type { FileManifest, ManifestFile } from '../../manifests/index.ts'
import { digestFromHex } from '../../oci/index.ts'
import { mapConcurrently, type Step } from '../../runner/index.ts'
import { openStore } from '../../storage/index.ts'
import { mirroredFiles } from '../destinations.ts'
import type { Mirrors } from '../policy.ts'
import type { Finding } from './findings.ts'
import { malformedLines, type Work } from './work.ts'

const filesAtOnce = 8

/**
 * Compares files in stores with their manifests.
 * @param mirrors undefined for the stores that the manifests name
 */
export async function auditFiles(
  manifests: readonly FileManifest[],
  mirrors: Mirrors | undefined,
  { step, patience, count }: Work,
): Promise<Finding[]> {
  const wanted = manifests.flatMap((manifest) => {
    const stores = mirrors ? mirroredFiles(mirrors, manifest) : ownStores(manifest, step)
    return stores.flatMap((address) => {
      const store = openStore(address)
      return manifest.files.map((file) => ({ file, store }))
    })
  })
  const progress = step.progress('Auditing files', wanted.length)
  const findings = await mapConcurrently(wanted, filesAtOnce, async ({ file, store }) => {
    const attempt = await patience.attempt(store.address, () => store.digestOf(file.name))
    count(store.address, 'files')
    progress.advance()
    const finding = 'failure' in attempt ? unreadable(attempt.failure) : judgeFile(file, attempt.result)
    const item = `${store.address}/${file.name}`
    return finding ? [{ ...finding, mirror: store.address, item, location: file.location }] : []
  })
  progress.done()
  return [...manifests.flatMap(malformedLines), ...findings.flat()]
}

const ownStores = ({ destinations }: FileManifest, step: Step): string[] =>
  destinations.map((address) =>
    address.startsWith('file:') ? `file:${step.resolvePath(address.slice('file:'.length))}` : address,
  )

type FileFinding = Omit<Finding, 'mirror' | 'item' | 'location'>

const unreadable = (message: string): FileFinding => ({ kind: 'unreadable', message })

function judgeFile({ sha256 }: ManifestFile, there: string | undefined): FileFinding | undefined {
  if (there === sha256) return undefined
  const expected = digestFromHex(sha256)
  if (there === undefined) return { kind: 'missing', message: `the file is not there: ${expected}`, expected }
  const found = digestFromHex(there)
  return { kind: 'moved', message: `the file is ${found}, not ${expected}`, expected, found }
}
