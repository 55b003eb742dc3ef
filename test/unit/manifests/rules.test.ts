import { describe, expect, test } from '@jest/globals'
import { formatFinding } from '../../../src/manifests/finding.ts'
import { parseManifests } from '../../../src/manifests/read.ts'
import { findingsIn } from '../../../src/manifests/rules.ts'
import type { ManifestTexts } from '../../../src/manifests/texts.ts'
import { digest, registries, thinTree, treeOf } from './texts.ts'

const lint = (texts: ManifestTexts, base?: ManifestTexts, root = '.'): string[] =>
  findingsIn(parseManifests(texts, root), base && parseManifests(base, root).manifests).map((finding) =>
    formatFinding(finding),
  )
const hello = registries('gcr.io/staging-hello', 'prod.example.com/hello')
const lintImages = (images: string): string[] => lint(thinTree({ hello: [hello, images] }))
const file = 'images/hello/images.yaml'

describe('images', () => {
  test('a tree in order has no findings', () => {
    expect(lintImages(`- name: hello\n  dmap:\n    "${digest('a')}": ["v1", "v1.0"]\n`)).toEqual([])
  })

  test('what is malformed is named, each at its place', () => {
    const images = `- name: hello\n  dmap:\n    "sha256:${'a'.repeat(63)}": ["v1"]\n    "${digest('b')}": ["bad tag!"]\n- name: Hello\n  dmap: {}\n`
    expect(lintImages(images)).toEqual([
      `${file}:3:5 digest 'sha256:${'a'.repeat(63)}' is not a SHA-256 digest`,
      `${file}:4:81 tag 'bad tag!' is not a tag`,
      `${file}:5:9 name 'Hello' is not a repository name`,
    ])
  })

  test('a name with two entries is one finding, however many there are', () => {
    const entry = (digit: string): string => `- name: hello\n  dmap:\n    "${digest(digit)}": ["v${digit}"]\n`
    expect(lintImages(`${entry('1')}${entry('2')}${entry('3')}`)).toEqual([
      `${file}:4:3 repeated-image the image 'hello' is there twice; put all digests into the dmap of one`,
    ])
  })

  test('a digest and a tag that are there twice are named', () => {
    const images = `- name: hello\n  dmap:\n    "${digest('a')}": ["v1", "v1"]\n- name: hello\n  dmap:\n    "${digest('a')}": ["v2"]\n`
    expect(lintImages(images)).toEqual([
      `${file}:3:5 repeated-tag the tag v1 of 'hello' is there twice`,
      `${file}:4:3 repeated-image the image 'hello' is there twice; put all digests into the dmap of one`,
      `${file}:6:5 repeated-digest ${digest('a')} of 'hello' is at line 3 already`,
    ])
  })

  test('two digests for one tag, and the tag latest', () => {
    const images = `- name: hello\n  dmap:\n    "${digest('a')}": ["v1"]\n    "${digest('b')}": ["v1", "latest"]\n`
    expect(lintImages(images)).toEqual([
      `${file}:4:5 latest 'hello' has the tag latest, which can never move to the next version`,
      `${file}:4:5 two-digests 'hello:v1' is ${digest('a')} at line 3 already`,
    ])
  })

  test('two projects that promote to one repository, however its name is split', () => {
    const image = (name: string, digit: string): string => `- name: ${name}\n  dmap: {"${digest(digit)}": [v1]}\n`
    const projects = (second: string) =>
      thinTree({
        a: [registries('gcr.io/a', 'us.example.com/prod', 'eu.example.com/prod'), image('x/hello', 'a')],
        b: [registries('gcr.io/b', 'us.example.com/prod/x', 'eu.example.com/prod/x'), image('hello', second)],
      })
    expect(lint(projects('a'))).toEqual([])
    expect(lint(projects('b'))).toEqual([
      `images/b/images.yaml:2:10 two-digests us.example.com/prod/x/hello:v1 is ${digest('a')} at images/a/images.yaml:2:10 already`,
    ])
  })

  test('a region that one project has and another lacks', () => {
    const regional = (...regions: string[]) => regions.map((region) => `${region}-docker.pkg.dev/prod/images`)
    const texts = thinTree({
      a: [registries('gcr.io/a', ...regional('us-east1', 'asia-east1', 'europe-west9')), ''],
      b: [registries('gcr.io/b', ...regional('us-east1'), 'us.gcr.io/prod', 'mirror.example.com/prod'), ''],
      c: [registries('gcr.io/c', ...regional('europe-west9', 'us-east1', 'asia-east1'), 'quay.io/prod'), ''],
    })
    expect(lint(texts)).toEqual([
      'manifests/b/promoter-manifest.yaml:2:1 missing-region REGION-docker.pkg.dev/prod/images is missing in asia-east1, europe-west9',
    ])
  })

  test('each suffix of a project must be in all regions', () => {
    const texts = thinTree({
      a: [registries('gcr.io/a', 'us.gcr.io/prod/a', 'eu.gcr.io/prod/a', 'eu.gcr.io/prod/b'), ''],
    })
    expect(lint(texts)).toEqual([
      'manifests/a/promoter-manifest.yaml:2:1 missing-region REGION.gcr.io/prod/b is missing in us',
    ])
  })

  test('a source that is a destination, and a destination that is there twice', () => {
    const texts = thinTree({
      a: [registries('gcr.io/a', 'prod.example.com/a', 'prod.example.com/a'), ''],
      b: [registries('prod.example.com/a', 'prod.example.com/b'), ''],
    })
    expect(lint(texts)).toEqual([
      'manifests/a/promoter-manifest.yaml:2:1 repeated-destination prod.example.com/a is there twice',
      'manifests/b/promoter-manifest.yaml:2:1 source-is-destination the source prod.example.com/a is a destination of a',
    ])
  })

  test('what cannot be read does not hide the others, nor what no manifest reads', () => {
    const texts = thinTree({
      a: [hello, '- nam: x\n'],
      b: [hello, `- name: x\n  dmap: {"${digest('a')}": [latest]}\n`],
    })
    expect(lint(new Map([...texts, ['images/c/images.yaml', 'x'], ['images/b/old.yml', '']]))).toEqual([
      "images/a/images.yaml:1:3 yaml an image has the unknown key 'nam'. Did you mean 'name'?",
      "images/b/images.yaml:2:10 latest 'x' has the tag latest, which can never move to the next version",
      'images/b/old.yml:1:1 unused no manifest reads this file',
      'images/c/images.yaml:1:1 unused no manifest reads this file',
    ])
  })
})

describe('against a base', () => {
  const images = (...lines: readonly string[]): string =>
    `- name: hello\n  dmap:\n${lines.map((line) => `    ${line}\n`).join('')}`
  const tree = (text: string) => thinTree({ hello: [hello, text] })
  const base = tree(images(`"${digest('a')}": ["v1", "v1.0"]`, `"${digest('b')}": ["v2"]`))

  test('new entries are no findings', () => {
    const now = tree(images(`"${digest('c')}": ["v3"]`, `"${digest('b')}": ["v2"]`, `"${digest('a')}": ["v1", "v1.0"]`))
    expect(lint(now, base)).toEqual([])
  })

  test('a tag that moved', () => {
    const now = tree(images(`"${digest('a')}": ["v1"]`, `"${digest('b')}": ["v2", "v1.0"]`))
    expect(lint(now, base)).toEqual([`${file}:4:5 tag-moved 'hello:v1.0' was ${digest('a')}, and a tag never moves`])
  })

  test('a tag and a digest that are gone', () => {
    const now = tree(images(`"${digest('a')}": ["v1"]`))
    expect(lint(now, base)).toEqual([
      `${file}:1:3 removed 'hello' lost v1.0 (line 3 in the base), ${digest('b')} (line 4 in the base)`,
    ])
  })

  test('an image and a project that are gone', () => {
    expect(lint(tree(''), base)).toEqual([
      `manifests/hello/promoter-manifest.yaml:2:1 removed 'hello' lost ${digest('a')} (line 3 in the base), ${digest('b')} (line 4 in the base)`,
    ])
    expect(lint(thinTree({ other: [registries('gcr.io/o', 'p.example.com/o'), ''] }), base)).toEqual([
      'manifests/hello/promoter-manifest.yaml:1:1 removed the project hello is gone, with 2 entries',
    ])
  })

  test('what cannot be read now is not gone', () => {
    expect(lint(tree('- x'), base)).toEqual([`${file}:1:3 yaml an image is not a map`])
  })
})

describe('files', () => {
  const stores = (source: string, ...destinations: readonly string[]): string =>
    `filestores:\n- base: ${source}\n  src: true\n${destinations.map((base) => `- base: ${base}\n`).join('')}`
  const list = (...files: readonly (readonly [string, string])[]): string =>
    `files:\n${files.map(([name, digit]) => `- name: ${name}\n  sha256: ${digit.repeat(64)}\n`).join('')}`
  const tree = (lists: Readonly<Record<string, string>>) =>
    treeOf({
      'filestores/a/filepromoter-manifest.yaml': stores('gs://staging', 'gs://prod/a', 's3://prod/a'),
      ...lists,
    })

  test('names that lead out, hashes that are none, and conflicts over several lists', () => {
    const texts = tree({
      'manifests/a/v1.yaml': list(['v1/x', 'a'], ['../y', 'a'], ['/z', 'a'], ['w\\z', 'a']),
      'manifests/a/v2.yaml': list(['v1/x', 'b'], ['v2/x', 'g'], ['v2/y', 'c'], ['v2/y', 'c']),
    })
    expect(lint(texts)).toEqual([
      "manifests/a/v1.yaml:4:9 file-name '../y' is not a path below a store",
      "manifests/a/v1.yaml:6:9 file-name '/z' is not a path below a store",
      "manifests/a/v1.yaml:8:9 file-name 'w\\z' is not a path below a store",
      `manifests/a/v2.yaml:2:9 two-hashes 'v1/x' is at manifests/a/v1.yaml:2:9 already, with the hash ${'a'.repeat(64)}`,
      `manifests/a/v2.yaml:5:11 sha256 '${'g'.repeat(64)}' is not a SHA-256 hash: 64 hexadecimal digits`,
      "manifests/a/v2.yaml:8:9 repeated-file 'v2/y' is at manifests/a/v2.yaml:6:9 already",
    ])
  })

  test('two projects with one store: another file of a name is a finding, the same is none', () => {
    const texts = treeOf({
      'filestores/a/filepromoter-manifest.yaml': stores('gs://staging-a', 'gs://prod', 's3://prod'),
      'filestores/b/filepromoter-manifest.yaml': stores('gs://staging-b', 'gs://prod/', 's3://prod'),
      'manifests/a/files.yaml': list(['same', 'a'], ['other', 'a']),
      'manifests/b/files.yaml': list(['same', 'a'], ['other', 'b']),
    })
    expect(lint(texts)).toEqual([
      `manifests/b/files.yaml:4:9 two-hashes 'gs://prod/other' is at manifests/a/files.yaml:4:9 already, with the hash ${'a'.repeat(64)}`,
    ])
  })

  test('against a base: other bytes under a name, and what is gone', () => {
    const base = tree({ 'manifests/a/files.yaml': list(['x', 'a'], ['y', 'b']) })
    expect(lint(tree({ 'manifests/a/files.yaml': list(['x', 'c']) }), base)).toEqual([
      "filestores/a/filepromoter-manifest.yaml:2:1 removed lost 'y' (line 4 in the base)",
      `manifests/a/files.yaml:2:9 two-hashes 'x' had the hash ${'a'.repeat(64)}, and what was published is never overwritten`,
    ])
  })
})

test('GitHub releases of two repositories in one folder', () => {
  const config = (repo: string, directory: string): string =>
    `- org: kubernetes\n  repo: ${repo}\n  tags: [v1]\n  gcsBucket: prod\n  releaseDir: ${directory}\n`
  const text = `releaseConfigs:\n${config('a', 'x')}${config('b', 'x')}${config('c', 'y')}`
  expect(lint(new Map([['', text]]), undefined, 'gh.yaml')).toEqual([
    'gh.yaml:7:3 repeated-release gs://prod/x/v1 has the releases of kubernetes/a at gh.yaml:2:3 already',
  ])
})
