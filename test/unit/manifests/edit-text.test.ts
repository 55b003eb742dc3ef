import { describe, expect, test } from '@jest/globals'
import { conflictsOf } from '../../../src/manifests/addition.ts'
import { addToText } from '../../../src/manifests/edit-text.ts'
import { parseImages } from '../../../src/manifests/image-manifest.ts'
import { parseDigest, parseTag } from '../../../src/oci/index.ts'
import { describeError } from '../../../src/runner/index.ts'
import { parseStrictYaml } from '../../../src/yaml/index.ts'
import { digest, registries } from './texts.ts'

const addition = (name: string, digit: string, ...tags: readonly string[]) => ({
  name,
  digest: parseDigest(digest(digit)),
  tags: tags.map(parseTag),
})
const add = (text: string, ...additions: ReturnType<typeof addition>[]): string =>
  addToText({ text, file: 'images.yaml', isPlain: text.startsWith('registries') }, additions)
const [a, b, c] = [digest('a'), digest('b'), digest('c')]
const hello = registries('gcr.io/staging', 'prod.example.com')

/** Each a text with what is added marked by `+` lines, so that everything else is seen to be kept. */
const cases: readonly (readonly [string, ReturnType<typeof addition>, string])[] = [
  [
    'behind the smallest tag before it, as kpromo sorts, leaving comments with their entries',
    addition('hello', 'c', 'v1.10'),
    `# Owned by SIG Release.
- name: hello # greets
  dmap:
    # the first
    "${a}": ["v1.0"]  # keep me
+    "${c}": ["v1.10"]
    # broken, see #12
    "${b}": ['v1.2', "v1.3"]

# others
- name: world
  dmap:
    "${a}": []
`,
  ],
  [
    'as versions where the file is in that order',
    addition('hello', 'c', 'v1.10'),
    `- name: hello
  dmap:
    "${digest('1')}": ["v1.2"]
    "${a}": ["v1.9"]
+    "${c}": ["v1.10"]
    "${b}": ["v1.11"]
`,
  ],
  [
    'first of all',
    addition('hello', 'c', 'v0.1'),
    `- name: hello
  dmap:
+    "${c}": ["v0.1"]
    # the first
    "${a}": ["v1.0"]
`,
  ],
  [
    'last where there is no order',
    addition('hello', 'c', 'v1.5'),
    `- name: hello
  dmap:
    "${a}": ["v2.0"]
    "${b}": ["v1.0"]
    "${digest('d')}": ["v3.0"]
+    "${c}": ["v1.5"]
- name: world
  dmap: {}
`,
  ],
  [
    'in the last of several entries of a name',
    addition('hello', 'c', 'v3'),
    `- name: hello
  dmap:
    "${a}": ["v1"]
- name: hello
  dmap:
    "${b}": ["v2"]
+    "${c}": ["v3"]
`,
  ],
  [
    'unquoted and indented as its siblings are',
    addition('hello', 'c', 'v2'),
    `  -   name: hello
      dmap:
          ${a}: [v1]
+          ${c}: [v2]
`,
  ],
  [
    'in single quotes, with tags on lines of their own',
    addition('hello', 'c', 'v2', 'v2.0'),
    `- name: hello
  dmap:
    '${a}':
      - 'v1'
+    '${c}':
+      - 'v2'
+      - 'v2.0'
`,
  ],
  [
    'into an empty dmap',
    addition('hello', 'c', 'v2'),
    `- name: hello
  dmap:
+    "${c}": ["v2"]
- name: world
  dmap:
    "${a}": []
`,
  ],
  [
    'as a new image at the end',
    addition('world', 'c', 'v2'),
    `- name: hello
  dmap:
    "${a}": ["v1"]
+- name: world
+  dmap:
+    "${c}": ["v2"]
# the end
`,
  ],
  ['as the first image', addition('hello', 'c'), `# nothing yet\n+- name: hello\n+  dmap:\n+    "${c}": []\n`],
  [
    'into a plain manifest',
    addition('hello', 'c', 'v2'),
    `${hello}images:
- name: hello
  dmap:
    "${a}": ["v1"]
+    "${c}": ["v2"]
imagesPath: x
`,
  ],
  [
    'into a plain manifest without images',
    addition('hello', 'c', 'v2'),
    `${hello}+images:\n+- name: hello\n+  dmap:\n+    "${c}": ["v2"]\n`,
  ],
  [
    'below the key of an empty list',
    addition('hello', 'c', 'v2'),
    `${hello}images: # none\n+- name: hello\n+  dmap:\n+    "${c}": ["v2"]\n`,
  ],
  [
    'as a tag on a line of its own',
    addition('hello', 'a', 'v1', 'v1.0'),
    `- name: hello
  dmap:
    "${a}":
    - "v1" # first
+    - "v1.0"
    "${b}": []
`,
  ],
]

describe('a digest is added', () => {
  test.each(cases)('%s', (_, added, marked) => {
    const before = marked.replace(/^\+.*\n/gm, '')
    const after = marked.replace(/^\+/gm, '')
    expect(add(before, added)).toBe(after)
    expect(add(after, added)).toBe(after)
  })

  test.each(cases)('%s, in lines that end as on Windows', (_, added, marked) => {
    const before = marked.replace(/^\+.*\n/gm, '').replaceAll('\n', '\r\n')
    expect(add(before, added)).toBe(marked.replace(/^\+/gm, '').replaceAll('\n', '\r\n'))
  })

  test.each([
    [
      'tags to a list',
      `- name: hello\n  dmap:\n    "${a}": [ "v1" ] # x\n`,
      `["v1", "v2" ]`,
      addition('hello', 'a', 'v2'),
    ],
    ['tags to an empty list', `- name: hello\n  dmap:\n    "${a}": []\n`, `["v2"]`, addition('hello', 'a', 'v2')],
    ['tags to nothing', `- name: hello\n  dmap:\n    "${a}":\n`, `"${a}": ["v2"]`, addition('hello', 'a', 'v2')],
    [
      'a digest to a flow map',
      `- {name: hello, dmap: {"${a}": [v1]}}\n`,
      `, "${c}": [v2]}`,
      addition('hello', 'c', 'v2'),
    ],
    [
      'an image to a flow list',
      `[{name: hello, dmap: {"${a}": [v1]}}]\n`,
      ', {name: world, dmap: ',
      addition('world', 'c', 'v2'),
    ],
    [
      'to a last line without its end',
      `- name: hello\n  dmap:\n    "${a}": ["v1"]`,
      `\n    "${c}": ["v2"]`,
      addition('hello', 'c', 'v2'),
    ],
  ])('%s', (_, before, piece, added) => {
    const after = add(before, added)
    expect(after.replaceAll(' ', '')).toContain(piece.replaceAll(' ', ''))
    expect(add(after, added)).toBe(after)
  })

  test('several in one go, each where it belongs, and again without any change', () => {
    const before = `- name: hello\n  dmap:\n    "${a}": ["v1"]\n`
    const additions = [addition('world', 'b', 'v2'), addition('hello', 'b', 'v2'), addition('hello', 'c', 'v0')]
    const after = add(before, ...additions)
    expect(after).toBe(
      `- name: hello\n  dmap:\n    "${c}": ["v0"]\n    "${a}": ["v1"]\n    "${b}": ["v2"]\n- name: world\n  dmap:\n    "${b}": ["v2"]\n`,
    )
    expect(add(after, ...additions)).toBe(after)
  })
})

test.each([
  ['an anchor', `- name: hello\n  dmap:\n    "${a}": &tags ["v1"]\n    "${b}": *tags\n`, addition('hello', 'a', 'v2')],
  [
    'an alias',
    `- name: hello\n  dmap: &all\n    "${a}": ["v1"]\n- name: world\n  dmap: *all\n`,
    addition('world', 'c', 'v2'),
  ],
])('%s that would change more is refused, with its place', (_, text, added) => {
  const message = describeError(attempt(() => add(text, added)))
  expect(message).toMatch(/^images\.yaml:\d+:\d+: .*cannot be added here without changing something else/)
})

test('a tag that is another digest is a conflict at its place, in the text and among what is added', () => {
  const { images } = parseImages(parseStrictYaml(`- name: hello\n  dmap:\n    "${a}": ["v1"]\n`, 'images.yaml'), false)
  const conflicts = conflictsOf(images, [
    addition('hello', 'b', 'v1', 'v2'),
    addition('hello', 'c', 'v2'),
    addition('x', 'c', 'v1'),
  ])
  expect(conflicts.map((conflict) => describeError(conflict).split('\n')[0])).toEqual([
    `images.yaml:3:5: 'hello:v1' is ${a} already, and not ${b}`,
    `'hello:v2' is ${b} already, and not ${c}`,
  ])
})

function attempt(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
