import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  type Descriptor,
  type Digest,
  digestFromHex,
  digestOfBytes,
  mediaTypes,
  parseTag,
} from '../../src/oci/index.ts'
import type { Repository } from '../../src/registry/index.ts'
import { digestAt, type ImageShape, missingEvidence, type SignedImage, versionTag } from '../../test/signed-image.ts'

/** 12 manifests with their evidence. */
export const benchShape: ImageShape = {
  platforms: ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'],
  layers: 3,
  layerSize: 2 ** 20,
}

/** Whether a repository has the image under its tag with all its evidence. */
export async function isComplete(host: string, name: string, image: SignedImage): Promise<boolean> {
  const tagged = await digestAt(host, name, versionTag)
  return tagged === image.root && (await missingEvidence(host, name, image)).length === 0
}

const block = randomBytes(2 ** 20)

/** An image of one platform with one layer. @param blocks MiB of the layer */
export async function writeLargeImage(repository: Repository, blocks: number): Promise<Digest> {
  const content = function* (first = 0): Generator<Buffer> {
    for (let index = first; index < blocks; index++) yield block
  }
  const hash = createHash('sha256')
  for (const bytes of content()) hash.update(bytes)
  const layer: Descriptor = {
    mediaType: mediaTypes.layer,
    digest: digestFromHex(hash.digest('hex')),
    size: blocks * block.length,
  }
  const configBytes = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux' }))
  const config = { mediaType: mediaTypes.config, digest: digestOfBytes(configBytes), size: configBytes.length }
  await repository.writeBlob(config, () => Readable.from([configBytes]))
  await repository.writeBlob(layer, (start) => {
    if (start % block.length > 0) throw new Error('a registry on loopback does not break off')
    return Readable.from(content(start / block.length), { objectMode: false })
  })
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer] }
  const bytes = Buffer.from(JSON.stringify(manifest))
  return (await repository.writeManifest(bytes, mediaTypes.manifest, parseTag(versionTag))).digest
}
