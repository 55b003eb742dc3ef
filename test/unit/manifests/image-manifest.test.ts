import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parsePlainManifest } from '../../../src/manifests/image-manifest.ts'
import { readImageManifests } from '../../../src/manifests/index.ts'
import { describeError, UserError } from '../../../src/runner/index.ts'
import { parseStrictYaml } from '../../../src/yaml/index.ts'

const a = `sha256:${'a'.repeat(64)}`
const b = `sha256:${'b'.repeat(64)}`
const registries = `registries:
- name: gcr.io/k8s-staging-hello # where builds go
  src: true
- name: us.gcr.io/k8s-artifacts-prod/hello
  service-account: promoter@example.iam.gserviceaccount.com
- name: eu.gcr.io/k8s-artifacts-prod/hello
`
const parseText = (text: string) => parsePlainManifest(parseStrictYaml(text, 'm.yaml'), 'm')
const parse = (images: string) => parseText(`${registries}images:\n${images}`)
const mistake = (text: string): string => {
  try {
    parseText(text)
  } catch (error) {
    if (error instanceof UserError) return describeError(error)
    throw error
  }
  return 'none'
}

describe('a plain manifest', () => {
  test('is read with registries, images, digests and tags', () => {
    expect(parse(`- name: hello\n  dmap:\n    "${a}": ["v1.0", "latest"]\n    "${b}": []\n`)).toEqual({
      project: 'm',
      location: { file: 'm.yaml', line: 2, column: 1 },
      source: { kind: 'registry', host: 'gcr.io', prefix: 'k8s-staging-hello' },
      destinations: [
        { kind: 'registry', host: 'us.gcr.io', prefix: 'k8s-artifacts-prod/hello' },
        { kind: 'registry', host: 'eu.gcr.io', prefix: 'k8s-artifacts-prod/hello' },
      ],
      images: [
        {
          name: 'hello',
          digest: a,
          tags: ['v1.0', 'latest'],
          location: { file: 'm.yaml', line: 10, column: 5 },
          block: { file: 'm.yaml', line: 8, column: 3 },
        },
        {
          name: 'hello',
          digest: b,
          tags: [],
          location: { file: 'm.yaml', line: 11, column: 5 },
          block: { file: 'm.yaml', line: 8, column: 3 },
        },
      ],
      findings: [],
    })
  })

  test('tags stay text, digests may be unquoted, and every repeated name counts', () => {
    const { images } = parse(
      `- name: hello\n  dmap:\n    ${a}: [1.10, 0x10, true, 2026-01-02, 1_000]\n- name: hello\n  dmap:\n    ${b}:\n    - "1.0"\n`,
    )
    expect(images.map(({ tags }) => tags)).toEqual([['1.10', '0x10', 'true', '2026-01-02', '1_000'], ['1.0']])
  })

  test('anchors are followed', () => {
    const { images } = parse(
      `- name: hello\n  dmap:\n    "${a}": &tags ["v1"]\n- name: world\n  dmap:\n    "${b}": *tags\n`,
    )
    expect(images.map(({ tags }) => tags)).toEqual([['v1'], ['v1']])
  })

  test.each([
    [
      'unknown key at the top',
      `${registries}image: []\n`,
      /^m\.yaml:7:1: .*unknown key 'image'\n {2}Did you mean 'images'\?$/,
    ],
    ['unknown key of a registry', 'registries:\n- name: gcr.io/x\n  srcc: true\n', /^m\.yaml:3:3: .*'srcc'/],
    ['unknown key of an image', `${registries}images:\n- name: x\n  dmpa: {}\n`, /^m\.yaml:9:3: .*'dmpa'/],
    ['a policy that would not be held', `${registries}provenance: {}\n`, /^m\.yaml:7:1: .*'provenance'/],
    ['a key twice', `${registries}images: []\nimages: []\n`, /^m\.yaml:8:1: /],
    ['a digest twice', `${registries}images:\n- name: x\n  dmap:\n    "${a}": []\n    "${a}": []\n`, /^m\.yaml:11:5: /],
    ['broken YAML', `${registries}images: [\n`, /^m\.yaml:\d+:\d+: /],
    ['two documents', `${registries}---\n${registries}`, /^m\.yaml:\d+:\d+: /],
    ['no source', 'registries:\n- name: gcr.io/x\n- name: gcr.io/y\n', /^m\.yaml:2:1: no registry is the source/],
    [
      'two sources',
      'registries:\n- {name: gcr.io/x, src: true}\n- {name: gcr.io/y, src: true}\n',
      /^m\.yaml:3:3: a second/,
    ],
    ['no destination', 'registries:\n- {name: gcr.io/x, src: true}\n', /^m\.yaml:2:1: .*no registry to promote to/],
    ['no registries', 'images: []\n', /^m\.yaml:1:1: /],
    ['an empty file', '', /^m\.yaml:1:\d: /],
    ['a registry that is no place', 'registries:\n- {name: "http://gcr.io", src: true}\n', /^m\.yaml:2:10: /],
    ['src of another kind', 'registries:\n- {name: gcr.io/x, src: 1}\n', /^m\.yaml:2:25: src/],
    ['an image without name', `${registries}images:\n- dmap: {}\n`, /^m\.yaml:8:3: the name of an image is missing/],
    ['an image without digests', `${registries}images:\n- name: x\n`, /^m\.yaml:8:3: .*empty dmap/],
    ['tags as text', `${registries}images:\n- name: x\n  dmap: {"${a}": v1}\n`, /^m\.yaml:9:\d+: tags is not a list/],
    ['an unknown anchor', `${registries}images: *none\n`, /^m\.yaml:7:9: /],
    ['a map as key', `${registries}? {a: b}\n: c\n`, /^m\.yaml:7:3: a key/],
    ['a list at the top', '- a\n', /^m\.yaml:1:1: the manifest is not a map/],
  ])('%s is named with its place', (_, text, expected) => expect(mistake(text)).toMatch(expected))

  test('what is malformed in one entry leaves the others', () => {
    const { images, findings } = parse(
      `- name: hello\n  dmap:\n    sha256:${'a'.repeat(63)}: ["v1"]\n    "${a}": ["v1", "-bad"]\n    "${b}": ["v2"]\n- name: ../evil\n  dmap: {"${a}": []}\n`,
    )
    expect(images.map(({ digest }) => digest)).toEqual([b])
    expect(findings.map(({ rule, location }) => `${rule} ${location.line}:${location.column}`)).toEqual([
      'digest 10:5',
      'tag 11:87',
      'name 13:9',
    ])
  })
})

describe('a thin tree', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'manifests-'))
  })
  afterEach(() => rm(root, { recursive: true }))
  const put = async (files: Record<string, string>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
  }
  const images = `- name: hello\n  dmap:\n    "${a}": ["v1"]\n`

  test('is read project by project; imagesPath and files beside do not matter', async () => {
    await put({
      'README.md': 'x',
      'manifests/README.md': 'x',
      'manifests/b/promoter-manifest.yaml': `${registries}imagesPath: "../../somewhere"\n`,
      'images/b/images.yaml': '',
      'manifests/a/promoter-manifest.yaml': registries,
      'images/a/images.yaml': images,
      'images/c/images.yaml': 'never: read',
    })
    const manifests = await readImageManifests(root)
    expect(manifests.map((manifest) => manifest.images.length)).toEqual([1, 0])
    expect(manifests[0]?.images[0]?.location.file).toBe(join(root, 'images/a/images.yaml'))
  })

  test('every broken file is named', async () => {
    await put({
      'manifests/a/promoter-manifest.yaml': `${registries}images: []\n`,
      'images/a/images.yaml': images,
      'manifests/b/promoter-manifest.yaml': registries,
      'images/b/images.yaml': '- nam: hello\n',
      'manifests/c/promoter-manifest.yaml': registries,
    })
    const message = await readImageManifests(root).catch((error: unknown) =>
      error instanceof UserError ? error.message : error,
    )
    expect(message).toMatch(/3 failed/)
    expect(message).toMatch(/a\/promoter-manifest\.yaml:7:1: .*'images'/)
    expect(message).toMatch(/b\/images\.yaml:1:3: .*'nam'/)
    expect(message).toMatch(/c\/images\.yaml: there is no such file/)
  })

  test.each(['manifests/promoter-manifest.yaml', 'manifests/a/b/promoter-manifest.yaml'])(
    'a manifest at %s is refused',
    async (path) => {
      await put({ [path]: registries, 'images/a/images.yaml': images })
      await expect(readImageManifests(root)).rejects.toThrow(/not where a manifest belongs/)
    },
  )

  test('a folder without manifests is refused', async () => {
    await expect(readImageManifests(root)).rejects.toThrow(UserError)
    await mkdir(join(root, 'manifests'))
    await expect(readImageManifests(root)).rejects.toThrow(/is no tree of manifests/)
    await expect(readImageManifests(join(root, 'absent'))).rejects.toThrow(/No manifests at/)
  })
})
