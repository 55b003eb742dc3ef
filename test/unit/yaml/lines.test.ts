import { describe, expect, test } from '@jest/globals'
import { composeDocument } from '../../../src/yaml/document.ts'
import { composeLines } from '../../../src/yaml/lines.ts'

const a = 'a'.repeat(64)
const manifest = `# Written by hand.
registries:
- name: gcr.io/k8s-staging-hello # where builds go
  src: true

- name: us.gcr.io/k8s-artifacts-prod/hello
  service-account: promoter@example.iam.gserviceaccount.com
images:
  - name: hello
    dmap:
      # the first
      "sha256:${a}": ["v1.0", 'v1.0.1', 1.10]
      sha256:${a}1: []
  - name: 'world'
    dmap:
        "sha256:${a}2":
        - "v2" # quoted
        - v2.1
`

describe('what is written in the simplest way', () => {
  test('is composed as the library composes it, with the same places', () => {
    expect(composeLines(manifest)).toBeDefined()
    expect(composeLines(manifest)).toEqual(composeDocument(manifest))
  })

  test.each([
    ['an anchor', 'a: &x 1\nb: 2\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a block scalar', 'a: |\n  text\n'],
    ['a scalar of two lines', 'a: b\n  c\n'],
    ['an escape', 'a: "\\n"\n'],
    ['an empty value', 'a:\nb: 1\n'],
    ['a flow map', 'a: {b: c}\n'],
    ['a flow list of two lines', 'a: [b,\n c]\n'],
    ['a directive', '%YAML 1.2\n---\na: b\n'],
    ['a second document', 'a: b\n---\na: b\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a tab', 'a:\tb\n'],
    ['a byte order mark', '\uFEFFa: b\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
    ['a list that ends in a map', '- a\nb: c\n'],
    ['a map in a line', 'a: b: c\n'],
    ['nothing', ''],
  ])('%s is left to the library', (_, text) => expect(composeLines(text)).toBeUndefined())
})

test('whatever it takes of mutated texts, the library takes in the same way', () => {
  let state = 11
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
  const pieces = ['\n', ' ', '  ', '- ', '-', ': ', ':', '[', ']', '{', '}', '"', "'", '&x ', '*x', '!', '#', ' #', '|']
  const more = [
    '>',
    '? ',
    ',',
    '%',
    '@',
    '`',
    '---\n',
    '...\n',
    '\t',
    '\u001F',
    'é',
    'a',
    'name: ',
    '\n- ',
    '\n  ',
    '~',
  ]
  const all = [...pieces, ...more]
  let taken = 0
  for (let round = 0; round < rounds; round++) {
    let text = manifest
    for (let change = 0; change <= random(3); change++) {
      const at = random(text.length)
      text = text.slice(0, at) + (random(3) === 0 ? '' : all[random(all.length)]) + text.slice(at + random(8))
    }
    const composed = composeLines(text)
    if (!composed) continue
    taken++
    expect({ text, composed }).toEqual({ text, composed: composeDocument(text) })
  }
  expect(taken).toBeGreaterThan(rounds / 4)
})

const rounds = 800
