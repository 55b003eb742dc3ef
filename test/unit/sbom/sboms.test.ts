import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { UserError } from '../../../src/errors/index.ts'
import { digestOfBytes } from '../../../src/oci/index.ts'
import { fileSubjects, openRelease, proveSubjects, saveRelease } from '../../../src/release/index.ts'
import { writeSboms } from '../../../src/sbom/index.ts'
import type { SpdxDocument } from '../../../src/sbom/spdx.ts'
import { elf, inlineBlob, machO } from '../../sbom/executables.ts'
import { type Given, layerOf, makeRelease } from '../../sbom/release.ts'
import { testStep } from '../../step.ts'

const shape = { wide: true, order: 'little', section: true } as const
const modules = (...lines: string[]) =>
  ['path\texample.com/hello', 'mod\texample.com/hello\t(devel)\t', ...lines].join('\n')
const hello = elf(shape, () =>
  inlineBlob('go1.26.8', modules('dep\tk8s.io/api\tv0.37.2\th1:abc=', 'build\tGOOS=linux')),
)
const forMac = machO(shape, () => inlineBlob('go1.26.8', modules()))
const foreign = elf(shape, () => inlineBlob('go1.20.1', 'path\tother.org/tool\nmod\tother.org/tool\t(devel)\t'))
const base = digestOfBytes('base')
const linux = { os: 'linux', architecture: 'amd64' }

async function given(): Promise<Given> {
  return {
    binaries: [
      { name: 'hello-linux-amd64', content: hello, platform: linux },
      { name: 'hello-darwin-arm64', content: forMac, platform: { os: 'darwin', architecture: 'arm64' } },
      { name: 'hello.sh', content: Buffer.from('#!/bin/sh\n'), platform: linux },
    ],
    images: [
      {
        name: 'group/hello',
        platforms: [
          {
            platform: linux,
            layers: [
              await layerOf([
                { path: 'usr/bin/tool', content: foreign },
                { path: 'usr/bin/old', content: foreign },
                { path: 'broken', content: hello.subarray(0, 5000) },
              ]),
              await layerOf([
                { path: 'hello', content: hello },
                { path: 'usr/bin/.wh.old', content: '' },
              ]),
            ],
            annotations: {
              'org.opencontainers.image.base.name': 'registry.k8s.io/base:v1',
              'org.opencontainers.image.base.digest': base,
            },
          },
        ],
      },
    ],
  }
}

let directory: string
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'sboms-')), 'release')
})
afterEach(() => rm(join(directory, '..'), { recursive: true }))

const run = (options: { dryRun?: boolean } = {}, step = testStep()) =>
  writeSboms({ release: directory, files: [], dryRun: options.dryRun ?? false }, step)

async function documentAt(path: string): Promise<SpdxDocument> {
  return JSON.parse(await readFile(path, 'utf8'))
}

const files = () => join(directory, 'files')

/** Every relationship as `FROM TYPE TO`, with the kind of an identifier instead of its hashes. */
const relations = (document: SpdxDocument): string[] =>
  document.relationships.map(({ spdxElementId, relationshipType, relatedSpdxElement }) =>
    [spdxElementId, relationshipType, relatedSpdxElement]
      .map((part) =>
        part.replace(/^SPDXRef-(?:([A-Z][a-z]+)-[0-9a-f]{64}|(.*))$/, '$1$2').replace(/-[0-9a-f]{12}$/, ''),
      )
      .join(' '),
  )

describe('a release', () => {
  test('gets a document for each binary, image platform, and for itself', async () => {
    await makeRelease(directory, await given())
    const step = testStep()
    const { documents, changed, releaseDigest } = await run({}, step)
    expect(documents.map(({ path, describes, packages }) => [path, describes, packages])).toEqual([
      ['files/group-hello-linux-amd64.image.spdx.json', 'image group/hello linux/amd64', 13],
      ['files/hello-darwin-arm64.spdx.json', 'hello-darwin-arm64', 4],
      ['files/hello-linux-amd64.spdx.json', 'hello-linux-amd64', 5],
      ['files/hello-v1.2.3.spdx.json', 'release v1.2.3', 8],
      ['files/hello.sh.spdx.json', 'hello.sh', 2],
    ])
    expect(changed).toBe(true)
    const release = await openRelease(directory)
    expect(release.digest).toBe(releaseDigest)
    await proveSubjects(release, step)
    const subjects = fileSubjects(release.record, 'sbom')
    expect(subjects.map(({ path, mediaType, sha256 }) => [path, mediaType, `sha256:${sha256}`])).toEqual(
      documents.map(({ path, digest }) => [path, 'application/spdx+json', digest]),
    )
    const sums = await readFile(join(files(), 'SHA256SUMS'), 'utf8')
    for (const { sha256, name } of subjects) expect(sums).toContain(`${sha256}  ${name}\n`)
    expect(step.blocks[1]).toMatchObject({
      kind: 'table',
      columns: ['Document', 'Describes', 'Packages', 'Digest', 'State'],
    })
    expect(step.messages).toEqual([{ kind: 'info', message: '5 SPDX documents written' }])
  })

  test('is described the same way everywhere, and a second time not at all', async () => {
    await makeRelease(directory, await given())
    const first = await run()
    const contents = await contentOf(files())
    const step = testStep()
    expect(await run({}, step)).toEqual({ ...first, changed: false })
    expect(step.messages).toEqual([{ kind: 'info', message: '5 SPDX documents: nothing changed' }])
    expect(await contentOf(files())).toEqual(contents)

    const elsewhere = directory
    directory = join(elsewhere, '..', 'other')
    await makeRelease(directory, await given())
    expect(await run()).toEqual(first)
    expect(await contentOf(files())).toEqual(contents)
  })

  test('has a lost or changed document written again', async () => {
    await makeRelease(directory, await given())
    const first = await run()
    const contents = await contentOf(files())
    await rm(join(files(), 'hello-v1.2.3.spdx.json'))
    await writeFile(join(files(), 'hello.sh.spdx.json'), '{}')
    expect(await run()).toEqual(first)
    expect(await contentOf(files())).toEqual(contents)
  })

  test('is left as it is by a dry run, which says what would be', async () => {
    const { digest } = await makeRelease(directory, await given())
    const before = await contentOf(files())
    const { documents, changed, releaseDigest } = await run({ dryRun: true })
    expect([documents.length, changed, releaseDigest]).toEqual([5, true, digest])
    expect(await contentOf(files())).toEqual(before)
    expect((await openRelease(directory)).digest).toBe(digest)
    expect((await run()).documents).toEqual(documents)
  })
})

describe('the documents', () => {
  let documents: Map<string, SpdxDocument>
  beforeEach(async () => {
    await makeRelease(directory, await given())
    const { documents: written } = await run()
    documents = new Map(
      await Promise.all(
        written.map(
          async ({ path }): Promise<[string, SpdxDocument]> => [path.slice(6), await documentAt(join(directory, path))],
        ),
      ),
    )
  })
  const named = (name: string): SpdxDocument => {
    const document = documents.get(name)
    if (!document) throw new Error(`no document ${name}`)
    return document
  }

  test('hold together', () => {
    for (const document of documents.values()) {
      const ids = document.packages.map(({ SPDXID }) => SPDXID)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toEqual([...ids].sort())
      for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/)
      const known = new Set<string>([...ids, 'SPDXRef-DOCUMENT', 'NOASSERTION'])
      const external = new Set<string>(
        (document.externalDocumentRefs ?? []).map((each) => `${each.externalDocumentId}:SPDXRef-DOCUMENT`),
      )
      for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
        expect(known).toContain(spdxElementId)
        expect(known.has(relatedSpdxElement) || external.has(relatedSpdxElement)).toBe(true)
      }
      expect(document.documentDescribes).toHaveLength(1)
      expect(document.relationships).toContainEqual({
        spdxElementId: 'SPDXRef-DOCUMENT',
        relationshipType: 'DESCRIBES',
        relatedSpdxElement: document.documentDescribes[0],
      })
      expect(document.creationInfo.created).toBe('2026-01-02T03:04:05Z')
      expect(document.documentNamespace).toMatch(
        /^https:\/\/spdx\.org\/spdxdocs\/[A-Za-z0-9.-]+-[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      )
    }
    expect(new Set([...documents.values()].map((document) => document.documentNamespace)).size).toBe(documents.size)
  })

  test('tell what a binary is made of and from', () => {
    const document = named('hello-linux-amd64.spdx.json')
    expect(relations(document)).toEqual([
      'Binary-hello-linux-amd64 CONTAINS Module-example.com-hello-v1.2.3',
      'Binary-hello-linux-amd64 DEPENDS_ON Module-k8s.io-api-v0.37.2',
      'Binary-hello-linux-amd64 DEPENDS_ON Module-stdlib-go1.26.8',
      'Binary-hello-linux-amd64 GENERATED_FROM Source-hello',
      'DOCUMENT DESCRIBES Binary-hello-linux-amd64',
    ])
    const [binary] = document.packages
    expect(binary).toMatchObject({
      name: 'hello-linux-amd64',
      versionInfo: 'v1.2.3',
      supplier: 'Organization: The Kubernetes Authors',
      primaryPackagePurpose: 'APPLICATION',
    })
    expect(binary?.checksums?.map(({ algorithm }) => algorithm)).toEqual(['SHA256', 'SHA512'])
    expect(binary?.annotations?.map(({ comment }) => comment)).toEqual(['Go build settings:\nGOOS=linux'])
    expect(document.packages.find(({ name }) => name === 'hello')).toMatchObject({
      downloadLocation: 'git+https://github.com/kubernetes-sigs/hello@0123456789abcdef0123456789abcdef01234567',
      externalRefs: [
        { referenceType: 'purl', referenceLocator: 'pkg:github/kubernetes-sigs/hello@v1.2.3' },
        { referenceType: 'swh', referenceLocator: 'swh:1:rev:0123456789abcdef0123456789abcdef01234567' },
      ],
    })
  })

  test('say outright what is not known', () => {
    const document = named('hello.sh.spdx.json')
    expect(relations(document)).toContain('Binary-hello.sh DEPENDS_ON NOASSERTION')
    expect(document.packages[0]?.comment).toBe('It has no Go build info: what it is made of is not known')
    expect(relations(named('hello-linux-amd64.spdx.json')).join()).not.toContain('NOASSERTION')
  })

  test('tell what an image shows, layer by layer', () => {
    const document = named('group-hello-linux-amd64.image.spdx.json')
    expect(relations(document)).toEqual([
      'Binary-hello CONTAINS Module-example.com-hello-v1.2.3',
      'Binary-hello DEPENDS_ON Module-k8s.io-api-v0.37.2',
      'Binary-hello DEPENDS_ON Module-stdlib-go1.26.8',
      'Binary-hello GENERATED_FROM Source-hello',
      'Binary-usr-bin-tool CONTAINS Module-other.org-tool',
      'Binary-usr-bin-tool DEPENDS_ON Module-stdlib-go1.20.1',
      'DOCUMENT DESCRIBES Image',
      'Image CONTAINS Layer',
      'Image CONTAINS Layer',
      'Image DESCENDANT_OF Image',
      'Image VARIANT_OF Index',
      'Index CONTAINS Image',
      'Layer CONTAINS Binary-hello',
      'Layer CONTAINS Binary-usr-bin-tool',
    ])
    const tool = document.packages.find(({ name }) => name === 'tool')
    expect(tool?.versionInfo).toBeUndefined()
    expect(tool?.supplier).toBe('NOASSERTION')
    const purls = document.packages.flatMap(({ externalRefs = [] }) =>
      externalRefs.map((each) => each.referenceLocator),
    )
    expect(purls).toContain(`pkg:oci/base@${base}?repository_url=registry.k8s.io%2Fbase`)
    expect(purls.some((purl) => /^pkg:oci\/hello@sha256:[0-9a-f]{64}\?arch=amd64$/.test(purl))).toBe(true)
    const annotations = document.packages
      .filter(({ name }) => name.startsWith('sha256:'))
      .flatMap(({ annotations: found = [] }) => found)
    expect(annotations.map(({ comment }) => comment)).toEqual([
      'Executable that could not be read for Go build info: broken: a header points outside of the file',
    ])
  })

  test('list the whole release, and refer to each other by digest', async () => {
    const document = named('hello-v1.2.3.spdx.json')
    expect(relations(document)).toEqual(
      [
        'Artifact-hello-darwin-arm64 DESCRIBED_BY DocumentRef-hello-darwin-arm64:SPDXRef-DOCUMENT',
        'Artifact-hello-darwin-arm64 GENERATED_FROM Source-hello',
        'Artifact-hello-linux-amd64 DESCRIBED_BY DocumentRef-hello-linux-amd64:SPDXRef-DOCUMENT',
        'Artifact-hello-linux-amd64 GENERATED_FROM Source-hello',
        'Artifact-hello.sh DESCRIBED_BY DocumentRef-hello.sh:SPDXRef-DOCUMENT',
        'Artifact-hello.sh GENERATED_FROM Source-hello',
        'Artifact-hello.tar.gz GENERATED_FROM Source-hello',
        'DOCUMENT DESCRIBES Release-hello',
        'Image DESCRIBED_BY DocumentRef-group-hello-linux-amd64.image:SPDXRef-DOCUMENT',
        'Image VARIANT_OF Index',
        'Index CONTAINS Image',
        'Index GENERATED_FROM Source-hello',
        'Release-hello CONTAINS Artifact-hello-darwin-arm64',
        'Release-hello CONTAINS Artifact-hello-linux-amd64',
        'Release-hello CONTAINS Artifact-hello.sh',
        'Release-hello CONTAINS Artifact-hello.tar.gz',
        'Release-hello CONTAINS Index',
        'Release-hello GENERATED_FROM Source-hello',
      ].sort(),
    )
    for (const { externalDocumentId, spdxDocument, checksum } of document.externalDocumentRefs ?? []) {
      const name = `${externalDocumentId.slice('DocumentRef-'.length)}.spdx.json`
      expect(spdxDocument).toBe(named(name).documentNamespace)
      const bytes = await readFile(join(files(), name))
      expect(`sha256:${checksum.checksumValue}`).toBe(digestOfBytes(bytes))
    }
    expect(document.packages.map(({ name }) => name)).not.toContain('SHA256SUMS')
  })
})

describe('a release that cannot be described is left as it is:', () => {
  const refused = async (message: string): Promise<void> => {
    const before = await contentOf(files())
    const result = run()
    await expect(result).rejects.toThrow(UserError)
    await expect(result).rejects.toThrow(message)
    expect(await contentOf(files())).toEqual(before)
  }

  test('there is none', async () => {
    await mkdir(files(), { recursive: true })
    await refused('No release in')
  })

  test('a binary differs from its record', async () => {
    await makeRelease(directory, await given())
    await writeFile(join(files(), 'hello-linux-amd64'), forMac)
    await refused('files/hello-linux-amd64: digest mismatch')
  })

  test('binaries are malformed, and each is named', async () => {
    const cut = { content: hello.subarray(0, 5000), platform: linux }
    await makeRelease(directory, {
      binaries: [
        { name: 'one', ...cut },
        { name: 'two', ...cut },
      ],
      images: [],
    })
    await refused('Binaries that cannot be described: 2 failed')
  })

  test('a layer is not what its digest says', async () => {
    await makeRelease(directory, await given())
    const blobs = join(directory, 'images/blobs/sha256')
    const sizes = await Promise.all(
      (await readdir(blobs)).map(async (name) => ({ name, size: (await readFile(join(blobs, name))).length })),
    )
    for (const { name } of sizes.filter(({ size }) => size < 2000)) {
      const bytes = await readFile(join(blobs, name))
      if (bytes[0] === 0x1f) await writeFile(join(blobs, name), await layerOf([{ path: 'other', content: 'x' }]))
    }
    await refused('Digest mismatch')
  })

  test('a layer is missing', async () => {
    await makeRelease(directory, await given())
    const blobs = join(directory, 'images/blobs/sha256')
    for (const name of await readdir(blobs))
      if ((await readFile(join(blobs, name)))[0] === 0x1f) await rm(join(blobs, name))
    await refused('Cannot read the image group/hello for linux/amd64: Blob not found')
  })

  test('a document would take the name of another subject', async () => {
    const { record } = await makeRelease(directory, {
      binaries: [
        { name: 'hello', content: hello, platform: linux },
        { name: 'hello.spdx.json', content: Buffer.from('{}'), platform: linux },
      ],
      images: [],
    })
    await saveRelease(directory, record)
    await refused('The SBOM of hello would be called hello.spdx.json, as something else of the release is')
  })
})

describe('files that belong to no release', () => {
  const describeFiles = (patterns: string[], environment = {}, dryRun = false) =>
    writeSboms(
      { release: join(directory, 'none'), files: patterns, dryRun },
      testStep({ workspace: directory, environment }),
    )

  beforeEach(async () => {
    await mkdir(directory)
    await writeFile(join(directory, 'hello'), hello)
    await writeFile(
      join(directory, 'tool'),
      elf(shape, () => inlineBlob('go1.26.8', 'mod\texample.com/tool\tv0.9.0\nbuild\tvcs.time=2026-05-06T07:08:09Z')),
    )
    await writeFile(join(directory, 'notes.txt'), 'not Go')
  })

  test('get a document beside each', async () => {
    const { documents, releaseDigest, changed } = await describeFiles(['hello', 'to*'])
    expect(documents.map(({ path }) => path)).toEqual(
      ['hello.spdx.json', 'tool.spdx.json'].map((name) => join(directory, name)),
    )
    expect([releaseDigest, changed]).toEqual([undefined, true])
    const tool = await documentAt(join(directory, 'tool.spdx.json'))
    expect(tool.creationInfo.created).toBe('2026-05-06T07:08:09Z')
    expect(tool.packages[0]).toMatchObject({ name: 'tool', versionInfo: 'v0.9.0' })
    expect(relations(tool).join()).not.toContain('GENERATED_FROM')
    expect((await documentAt(join(directory, 'hello.spdx.json'))).creationInfo.created).toBe('1970-01-01T00:00:00Z')
    expect((await describeFiles(['hello', 'tool'])).changed).toBe(false)
  })

  test('take their time from SOURCE_DATE_EPOCH', async () => {
    await describeFiles(['tool'], { SOURCE_DATE_EPOCH: '1780000000' })
    expect((await documentAt(join(directory, 'tool.spdx.json'))).creationInfo.created).toBe('2026-05-28T20:26:40Z')
  })

  test('are not written in a dry run', async () => {
    expect((await describeFiles(['tool'], {}, true)).changed).toBe(true)
    expect(await readdir(directory)).not.toContain('tool.spdx.json')
  })

  test('are refused, all of them, when one is no Go binary', async () => {
    await expect(describeFiles(['hello', 'notes.txt'])).rejects.toThrow(/notes\.txt is not a Go binary/)
    await expect(describeFiles(['absent'])).rejects.toThrow("No file matches 'absent'")
    expect(await readdir(directory)).not.toContain('hello.spdx.json')
  })
})

async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, digestOfBytes(await readFile(join(folder, name)))])),
  )
}
