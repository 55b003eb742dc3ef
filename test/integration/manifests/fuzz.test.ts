import { describe, expect, test } from '@jest/globals'
import { type Addition, contentOf } from '../../../src/manifests/addition.ts'
import { addToText } from '../../../src/manifests/edit-text.ts'
import { parseImages } from '../../../src/manifests/image-manifest.ts'
import { parseManifests } from '../../../src/manifests/read.ts'
import { findingsIn } from '../../../src/manifests/rules.ts'
import { parseDigest, parseTag } from '../../../src/oci/index.ts'
import { type Location, UserError } from '../../../src/runner/index.ts'
import { parseStrictYaml } from '../../../src/yaml/index.ts'
import { randomNumbers } from '../../random.ts'
import { digest, registries, treeOf } from '../../unit/manifests/texts.ts'

const hello = registries('gcr.io/k8s-staging-hello', 'us.gcr.io/prod/hello', 'eu.gcr.io/prod/hello')
const images = `# Owned by SIG Release.
- name: hello
  dmap:
    # the first
    "${digest('a')}": ["v1.0", 'v1', 1.10]
    ${digest('b')}: []

- name: world # greeted
  dmap:
    '${digest('c')}':
    - v2
    - "v2.0"
- {name: hello, dmap: {"${digest('d')}": [v3]}}
`
const stores = 'filestores:\n- base: gs://staging/x\n  src: true\n- base: s3://prod/x\n- base: file:mirror\n'
const files = `files:\n- name: v1/hello\n  sha256: ${'a'.repeat(64)}\n- {name: v2/hello, sha256: "${'b'.repeat(64)}"}\n`
const releases = `releaseConfigs:
- org: kubernetes
  repo: hello
  tags: [v1.0.0, "v1.1.0"]
  includePrereleases: true
  gcsBucket: prod
  releaseDir: hello/releases
`

/** Each a valid set of texts, by the path in its tree; '' is a single file. */
const seeds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'plain manifests': { '': `${hello}images:\n${images}` },
  'thin manifests': { 'manifests/hello/promoter-manifest.yaml': hello, 'images/hello/images.yaml': images },
  'file manifests': { '': stores + files },
  'trees of file manifests': {
    'filestores/hello/filepromoter-manifest.yaml': stores,
    'manifests/hello/v1.yaml': files,
    'manifests/hello/v2.yaml': files,
  },
  'release configurations': { '': releases },
}

// Jest asks for a hundred frames of each error, which takes longer than all the reading.
Error.stackTraceLimit = 5

type Random = (limit: number) => number

const randomBelow = (seed: number): Random => {
  const next = randomNumbers(seed)
  return (limit) => Math.floor(next() * limit)
}
function oneOf<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random(items.length)]
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}

const tokens: readonly string[] = [
  ...['\n', '\r\n', ' ', '  ', '\t', '- ', '-', ': ', ':', ',', '[', ']', '{', '}', '"', "'", '\\', '&x ', '*x', '!'],
  ...['!!int ', '!!set ', '#', ' # ', '|', '>-', '? ', '<<: *x', '---\n', '...\n', '%YAML 1.2\n', '~', 'null', '\0'],
  ...[
    '\uFEFF',
    '\u2028',
    'é',
    '😀',
    '..',
    '../',
    '/',
    '@',
    'latest',
    'name: ',
    'dmap:',
    'images: ',
    'src: true',
    digest('a'),
  ],
  ...['9'.repeat(40), '[['.repeat(60), '{a: '.repeat(60), '- '.repeat(150), 'x'.repeat(3000)],
  '&a [x, x]\n  b: &b [*a, *a]\n  c: &c [*b, *b]\n',
]

/** Bytes that are others, as a disk or an editor damages them; what is no UTF-8 any more is read as such. */
function damageBytes(text: string, random: Random): string {
  const bytes = Buffer.from(text)
  for (let count = random(4); count >= 0; count--) bytes[random(bytes.length)] = random(256)
  return bytes.toString('utf8')
}

function replaceTokens(text: string, random: Random): string {
  let changed = text
  for (let count = random(4); count >= 0; count--) {
    const start = random(changed.length + 1)
    const end = start + (random(2) === 0 ? 0 : random(12))
    changed = changed.slice(0, start) + (random(4) === 0 ? '' : oneOf(tokens, random)) + changed.slice(end)
  }
  return changed
}

/** Lines that are gone, there twice, elsewhere or indented otherwise. */
function moveLines(text: string, random: Random): string {
  const lines = text.split('\n')
  for (let count = random(3); count >= 0; count--) {
    const at = random(lines.length)
    const line = lines[at] ?? ''
    const change = random(5)
    if (change === 0) lines.splice(at, 1)
    else if (change === 1) lines.splice(random(lines.length), 0, line)
    else if (change === 2) lines.splice(random(lines.length), 0, ...lines.splice(at, 1 + random(3)))
    else if (change === 3) lines[at] = ' '.repeat(random(7)) + line.trimStart()
    else lines[at] = line.slice(0, random(line.length + 1))
  }
  return lines.join('\n')
}

const mutations = [damageBytes, replaceTokens, moveLines] as const
const mutate = (text: string, random: Random): string => oneOf(mutations, random)(text, random)

const isPlaced = (location: Location | undefined): boolean =>
  location !== undefined && location.file !== '' && (location.line ?? 0) > 0 && (location.column ?? 0) > 0

/** Longer than any of these texts takes by far, and far from a hang. */
const longest = 1000

const rounds = 10_000

describe(`${rounds} mutated texts are read, or refused with file, line and column`, () => {
  test.each(Object.entries(seeds))('%s', (_, seed) => {
    const random = randomBelow(2026)
    const paths = Object.keys(seed)
    let [read, refused, slowest] = [0, 0, 0]
    for (let round = 0; round < rounds / Object.keys(seeds).length; round++) {
      const path = oneOf(paths, random)
      const text = mutate(seed[path] ?? '', random)
      const texts = treeOf({ ...seed, [path]: text })
      const start = performance.now()
      // Whatever is thrown here is a crash.
      const parsed = parseManifests(texts, 'm.yaml')
      const findings = findingsIn(parsed, undefined)
      slowest = Math.max(slowest, performance.now() - start)
      const places = [...parsed.failures.map(({ error }) => error), ...findings].map(({ location }) => location)
      if (!places.every(isPlaced)) throw new Error(`no place: ${JSON.stringify({ text, places })}`)
      if (parsed.failures.length > 0) refused++
      else read++
    }
    expect(slowest).toBeLessThan(longest)
    // Neither was everything refused at its first byte, nor nothing changed.
    expect(Math.min(read, refused)).toBeGreaterThan(rounds / Object.keys(seeds).length / 10)
  })
})

test('an addition to a mutated list keeps every line and is there, or is refused with its place', () => {
  const random = randomBelow(7)
  let [added, refused] = [0, 0]
  for (let round = 0; round < 1500; round++) {
    const isPlain = random(3) === 0
    const text = mutate(isPlain ? `${hello}images:\n${images}` : images, random)
    const addition: Addition = {
      name: oneOf(['hello', 'world', 'new', 'true'], random),
      digest: parseDigest(digest(oneOf(['a', 'b', 'c', 'd', 'e'], random))),
      tags: ['v9', '1.20', 'v1'].slice(0, random(4)).map(parseTag),
    }
    const source = { text, file: 'images.yaml', isPlain }
    let edited: string
    try {
      edited = addToText(source, [addition])
    } catch (error) {
      if (!(error instanceof UserError && isPlaced(error.location))) throw error
      refused++
      continue
    }
    added++
    const [before, after] = [text, edited].map(
      (one) => parseImages(parseStrictYaml(one, 'images.yaml'), isPlain).images,
    )
    const facts = { text, edited, addition, content: contentOf(after ?? []) }
    expect(facts).toEqual({ ...facts, content: contentOf(before ?? [], [addition]) })
    if (!/^$|^\[\s*\]$/.test(replacedBy(text, edited))) throw new Error(`not only added: ${JSON.stringify(facts)}`)
    expect({ text, edited: addToText({ ...source, text: edited }, [addition]) }).toEqual({ text, edited })
  }
  expect(Math.min(added, refused)).toBeGreaterThan(150)
})

/** What of a text is not in the edited one: nothing, where something was only put in. */
function replacedBy(text: string, edited: string): string {
  let start = 0
  while (start < text.length && text[start] === edited[start]) start++
  let end = 0
  const most = Math.min(text.length, edited.length) - start
  while (end < most && text[text.length - 1 - end] === edited[edited.length - 1 - end]) end++
  return text.slice(start, text.length - end)
}
