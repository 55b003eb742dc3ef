import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { type Descriptor, digestOfBytes, mediaTypes, type Platform, parseTag } from '../../src/oci/index.ts'
import { openLayout } from '../../src/registry/index.ts'
import {
  type FileSubject,
  fileSubject,
  type ImageSubject,
  newRecord,
  type Release,
  saveRelease,
} from '../../src/release/index.ts'

/** A file of a layer; without content, a directory. */
export interface LayerFile {
  readonly path: string
  readonly content?: Uint8Array | string
  /** Makes it a hard link. */
  readonly linkTo?: string
}

export interface Given {
  readonly binaries: readonly { readonly name: string; readonly content: Uint8Array; readonly platform: Platform }[]
  readonly images: readonly {
    readonly name: string
    readonly platforms: readonly {
      readonly platform: Platform
      readonly layers: readonly Uint8Array[]
      readonly annotations?: Record<string, string>
    }[]
  }[]
}

const mtime = new Date(0)

/** A gzipped tar of these files. */
export async function layerOf(
  files: readonly LayerFile[],
  compress: (tar: Buffer) => Buffer = gzipSync,
): Promise<Buffer> {
  const tar = pack()
  for (const { path, content, linkTo } of files) {
    if (linkTo !== undefined) tar.entry({ name: path, type: 'link', linkname: linkTo, mtime })
    else if (content === undefined) tar.entry({ name: path, type: 'directory', mtime })
    else tar.entry({ name: path, mode: 0o755, mtime }, Buffer.from(content))
  }
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  return compress(Buffer.concat(chunks))
}

/** Writes a release as the build does, with an archive beside the binaries. */
export async function makeRelease(directory: string, given: Given): Promise<Release> {
  const files = join(directory, 'files')
  await mkdir(files, { recursive: true })
  const subjects: FileSubject[] = []
  for (const { name, content, platform } of given.binaries) {
    await writeFile(join(files, name), content)
    const options = { role: 'binary', mediaType: 'application/octet-stream', platform } as const
    subjects.push(await fileSubject(directory, join(files, name), options))
  }
  await writeFile(join(files, 'hello.tar.gz'), 'archive')
  subjects.push(
    await fileSubject(directory, join(files, 'hello.tar.gz'), { role: 'archive', mediaType: 'application/gzip' }),
  )
  await writeFile(join(files, 'SHA256SUMS'), '')
  subjects.push(await fileSubject(directory, join(files, 'SHA256SUMS'), { role: 'checksums', mediaType: 'text/plain' }))
  const images: ImageSubject[] = []
  for (const image of given.images) images.push(await writeImage(directory, image))
  const record = newRecord({
    project: 'hello',
    version: 'v1.2.3',
    source: {
      repository: 'https://github.com/kubernetes-sigs/hello',
      ref: 'refs/tags/v1.2.3',
      commit: '0123456789abcdef0123456789abcdef01234567',
      commitTime: '2026-01-02T03:04:05Z',
      modified: false,
    },
    build: { parameters: {}, dependencies: {} },
    subjects: [...subjects, ...images],
  })
  return saveRelease(directory, record)
}

async function writeImage(directory: string, image: Given['images'][number]): Promise<ImageSubject> {
  const layout = openLayout(join(directory, 'images'), image.name)
  const manifests: (Descriptor & { platform: Platform })[] = []
  for (const { platform, layers, annotations } of image.platforms) {
    const config = Buffer.from(JSON.stringify({ ...platform, rootfs: { type: 'layers', diff_ids: [] } }))
    const stored = await Promise.all([config, ...layers].map((bytes) => layout.addBlob(bytesIn(bytes))))
    const [configBlob, ...layerBlobs] = stored
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: { mediaType: mediaTypes.config, ...configBlob },
      layers: layerBlobs.map((blob) => ({ mediaType: mediaTypes.layer, ...blob })),
      ...(annotations ? { annotations } : {}),
    })
    manifests.push({ ...(await layout.writeManifest(Buffer.from(manifest), mediaTypes.manifest)), platform })
  }
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }))
  await layout.writeManifest(index, mediaTypes.index, parseTag('v1.2.3'))
  return {
    kind: 'image',
    name: image.name,
    tags: ['v1.2.3'],
    mediaType: mediaTypes.index,
    digest: digestOfBytes(index),
    size: index.length,
    manifests,
  }
}

async function* bytesIn(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
