import { generateKeyPairSync } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type AttestWishes, releaseArtifacts } from '../../../src/attest/index.ts'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  mediaTypes,
  type Platform,
  parseTag,
} from '../../../src/oci/index.ts'
import { openLayout } from '../../../src/registry/index.ts'
import {
  type FileRole,
  fileSubject,
  newRecord,
  type ReleaseRecord,
  type Source,
  saveRelease,
  withSubjects,
  writeChecksums,
} from '../../../src/release/index.ts'
import { sign } from '../../../src/sign/index.ts'
import { testStep } from '../../step.ts'
import { noSigner } from '../sigstore/options.ts'

/** A small release with everything that a release has: binaries, an archive, an image of two platforms, SBOMs. */
export interface TestRelease {
  /** The release directory. */
  readonly directory: string
  /** Its parent; keys and other files lie here. */
  readonly folder: string
  /** PEM private key, and its public half. */
  readonly key: string
  readonly publicKey: string
  remove(): Promise<void>
}

const source: Source = {
  repository: 'https://github.com/example/hello',
  ref: 'refs/tags/v1.2.3',
  commit: '0123456789abcdef0123456789abcdef01234567',
  commitTime: '2026-01-02T03:04:05Z',
  modified: false,
}

const platforms: readonly Platform[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
]

export async function createTestRelease(changed: Partial<Source> = {}): Promise<TestRelease> {
  const folder = await mkdtemp(join(tmpdir(), 'attest-'))
  const directory = join(folder, 'release')
  await mkdir(join(directory, 'files'), { recursive: true })
  let record = newRecord({
    project: 'hello',
    version: 'v1.2.3',
    source: { ...source, ...changed },
    build: {
      parameters: {
        build: { main: ['./cmd/hello'], platforms: ['linux/amd64', 'linux/arm/v7'], ldflags: '-s -w' },
      },
      dependencies: {
        build: [
          { uri: 'pkg:golang/go@1.26.1', name: 'go' },
          { uri: 'oci://registry.example.com/base', digest: { sha256: 'ab'.repeat(32) } },
        ],
      },
    },
    subjects: [],
  })
  for (const platform of platforms) {
    const name = `hello-${platform.os}-${platform.architecture}`
    record = await addFile(directory, record, name, `binary for ${name}`, 'binary', platform)
  }
  record = await addFile(directory, record, 'hello.tar.gz', 'archive', 'archive')
  record = await addImage(directory, record)
  const artifacts = releaseArtifacts(record)
  for (const { name, digest } of artifacts.filter((artifact) => /^hello-|:/.test(artifact.name))) {
    const document = spdx(name, [digest], [digest])
    record = await addFile(directory, record, `${name.replace(/[/:]/g, '-')}.spdx.json`, document, 'sbom')
  }
  const whole = spdx(
    'hello',
    [],
    artifacts.map(({ digest }) => digest),
  )
  record = await addFile(directory, record, 'hello.spdx.json', whole, 'sbom')
  await saveRelease(directory, await writeChecksums(directory, record))
  await writeKeyPair(folder, 'signer')
  return testReleaseIn(folder)
}

/** A copy to tamper with. */
export async function copyTestRelease(template: TestRelease): Promise<TestRelease> {
  const folder = await mkdtemp(join(tmpdir(), 'attest-'))
  await cp(template.folder, folder, { recursive: true })
  return testReleaseIn(folder)
}

const testReleaseIn = (folder: string): TestRelease => ({
  directory: join(folder, 'release'),
  folder,
  key: join(folder, 'signer.key'),
  publicKey: join(folder, 'signer.pub'),
  remove: () => rm(folder, { recursive: true, force: true }),
})

export async function writeKeyPair(folder: string, name: string): Promise<{ key: string; publicKey: string }> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = join(folder, `${name}.key`)
  const publicKey = join(folder, `${name}.pub`)
  await writeFile(key, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(publicKey, pair.publicKey.export({ type: 'spki', format: 'pem' }))
  return { key, publicKey }
}

export const attestWishes = (release: TestRelease, changed: Partial<AttestWishes> = {}): AttestWishes => ({
  ...noSigner,
  release: release.directory,
  key: release.key,
  files: [],
  images: [],
  predicate: undefined,
  predicateType: undefined,
  plainHttp: [],
  dryRun: false,
  ...changed,
})

export const signTestRelease = ({ directory, key }: TestRelease): Promise<unknown> =>
  sign(
    { ...noSigner, release: directory, key, files: [], images: [], recursive: false, plainHttp: [], dryRun: false },
    testStep(),
  )

export async function addFile(
  directory: string,
  record: ReleaseRecord,
  name: string,
  content: string,
  role: FileRole,
  platform?: Platform,
): Promise<ReleaseRecord> {
  const path = join(directory, 'files', name)
  await writeFile(path, content)
  const mediaType = 'application/octet-stream'
  return withSubjects(record, [
    await fileSubject(directory, path, { role, mediaType, ...(platform ? { platform } : {}) }),
  ])
}

/** An SPDX document with a package for each digest. */
export function spdx(name: string, described: readonly Digest[], listed: readonly Digest[]): string {
  return JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    packages: listed.map((digest) => ({
      SPDXID: `SPDXRef-${digest.slice(7, 19)}`,
      checksums: [{ algorithm: 'SHA256', checksumValue: digest.slice(7) }],
    })),
    relationships: described.map((digest) => ({
      spdxElementId: 'SPDXRef-DOCUMENT',
      relationshipType: 'DESCRIBES',
      relatedSpdxElement: `SPDXRef-${digest.slice(7, 19)}`,
    })),
  })
}

async function addImage(directory: string, record: ReleaseRecord): Promise<ReleaseRecord> {
  const layout = openLayout(join(directory, 'images'), 'hello')
  const blob = async (content: string, mediaType: string): Promise<Descriptor> => {
    const descriptor = { mediaType, digest: digestOfBytes(content), size: Buffer.byteLength(content) }
    await layout.writeBlob(descriptor, () => Readable.from([Buffer.from(content)]))
    return descriptor
  }
  const manifests: (Descriptor & { readonly platform: Platform })[] = []
  for (const platform of platforms) {
    const config = await blob(
      JSON.stringify({ ...platform, rootfs: { type: 'layers', diff_ids: [] } }),
      mediaTypes.config,
    )
    const layer = await blob(`layer of ${platform.architecture}`, mediaTypes.layer)
    const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer] }
    const stored = await layout.writeManifest(Buffer.from(JSON.stringify(manifest)), mediaTypes.manifest)
    manifests.push({ ...stored, platform })
  }
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests }
  const { digest, size } = await layout.writeManifest(
    Buffer.from(JSON.stringify(index)),
    mediaTypes.index,
    parseTag('v1.2.3'),
  )
  return withSubjects(record, [
    { kind: 'image', name: 'hello', tags: ['v1.2.3'], mediaType: mediaTypes.index, digest, size, manifests },
  ])
}
