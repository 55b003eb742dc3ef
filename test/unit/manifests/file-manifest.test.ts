import { describe, expect, test } from '@jest/globals'
import { parseManifests } from '../../../src/manifests/read.ts'
import { describeError } from '../../../src/runner/index.ts'
import { treeOf } from './texts.ts'

const sha256 = 'a'.repeat(64)
const stores =
  'filestores:\n- base: gs://staging/x/\n  src: true\n  service-account: a@example.com\n- base: s3://prod/x\n'
const parse = (text: string) => parseManifests(new Map([['', text]]), 'm.yaml')
const mistakesOf = (text: string): string[] => parse(text).failures.map(({ error }) => describeError(error))

describe('a file manifest', () => {
  test('is read with stores and files, by name, hashes in lower case', () => {
    const text = `${stores}files:\n- name: v1/b\n  sha256: ${sha256.toUpperCase()}\n- {name: v1/a, sha256: ${sha256}}\n`
    expect(parse(text).manifests).toEqual({
      kind: 'files',
      manifests: [
        {
          project: 'm',
          location: { file: 'm.yaml', line: 2, column: 1 },
          source: 'gs://staging/x',
          destinations: ['s3://prod/x'],
          files: [
            { name: 'v1/a', sha256, location: { file: 'm.yaml', line: 9, column: 10 } },
            { name: 'v1/b', sha256, location: { file: 'm.yaml', line: 7, column: 9 } },
          ],
          findings: [],
        },
      ],
    })
  })

  test('of a tree has the files of all its lists', () => {
    const list = (name: string): string => `files:\n- {name: ${name}, sha256: ${sha256}}\n`
    const { manifests } = parseManifests(
      treeOf({
        'filestores/hello/filepromoter-manifest.yaml': stores,
        'manifests/hello/v2.yaml': list('v1/a'),
        'manifests/hello/v1.yaml': list('v1/b'),
        'manifests/hello/notes.yml': 'x',
        'manifests/other/v1.yaml': list('v1/c'),
      }),
      '.',
    )
    expect(manifests.kind === 'files' && manifests.manifests.map(({ files }) => files.map(({ name }) => name))).toEqual(
      [['v1/a', 'v1/b']],
    )
  })

  test.each([
    ['an unknown key', `${stores}file: []\nfiles: []\n`, /^m\.yaml:6:1: .*'file'\n.*'files'/],
    ['an unknown key of a file', `${stores}files:\n- {name: a, sha512: b}\n`, /^m\.yaml:7:13: .*'sha512'/],
    ['no source', 'filestores:\n- base: gs://prod\n', /^m\.yaml:2:1: no filestore is the source/],
    ['no destination', 'filestores:\n- {base: gs://prod, src: true}\n', /^m\.yaml:2:1: .*no filestore to promote to/],
    ['a store that is none', 'filestores:\n- base: http://prod\n', /^m\.yaml:2:9: .*no address of a store\n.*gs:/],
    ['a prefix that leads out', 'filestores:\n- base: gs://prod/../x\n', /^m\.yaml:2:9: .*no address of a store/],
    ['a file without a hash', `${stores}files:\n- name: a\n`, /^m\.yaml:7:3: the sha256 of a file is missing/],
  ])('%s is named with its place', (_, text, expected) =>
    expect(mistakesOf(text)).toEqual([expect.stringMatching(expected)]),
  )
})

describe('a configuration of GitHub releases', () => {
  const config = (...lines: readonly string[]): string =>
    `releaseConfigs:\n- org: kubernetes\n  repo: hello\n${lines.map((line) => `  ${line}\n`).join('')}`

  test('is read with tags as text and the address of the store', () => {
    const text = config(
      'tags: [v1.0.0, 1.10]',
      'includePrereleases: true',
      'gcsBucket: prod',
      'releaseDir: hello/releases/',
    )
    expect(parse(text).manifests).toEqual({
      kind: 'releases',
      configs: [
        {
          organization: 'kubernetes',
          repository: 'hello',
          tags: ['v1.0.0', '1.10'],
          includePrereleases: true,
          destination: 'gs://prod/hello/releases',
          location: { file: 'm.yaml', line: 2, column: 3 },
        },
      ],
    })
  })

  test.each(['s3://prod', 'file:mirror'])('goes to %s, too', (store) => {
    expect(parse(config(`gcsBucket: ${store}`)).manifests).toMatchObject({
      configs: [{ destination: store, tags: [] }],
    })
  })

  test.each([
    ['an unknown key', config('bucket: prod'), /^m\.yaml:4:3: .*'bucket'/],
    ['no bucket', config(), /^m\.yaml:2:3: gcsBucket is missing/],
    ['a bucket that is none', config('gcsBucket: ../prod'), /^m\.yaml:4:14: gcsBucket is no bucket/],
    [
      'a folder that leads out',
      config('gcsBucket: prod', 'releaseDir: ../x'),
      /^m\.yaml:5:15: releaseDir is not a path/,
    ],
    [
      'a tag that is none',
      config('tags: [v1, "../x"]', 'gcsBucket: prod'),
      /^m\.yaml:4:14: '\.\.\/x' is not a git tag/,
    ],
    ['a name that is none', 'releaseConfigs:\n- {org: a/b, repo: c, gcsBucket: d}\n', /^m\.yaml:2:9: org is no name/],
  ])('%s is named with its place', (_, text, expected) =>
    expect(mistakesOf(text)).toEqual([expect.stringMatching(expected)]),
  )
})
