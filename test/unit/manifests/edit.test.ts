import { expect, test } from '@jest/globals'
import { type ManifestSource, planEdit } from '../../../src/manifests/index.ts'
import { parseDigest, parseTag } from '../../../src/oci/index.ts'
import { FailedItems } from '../../../src/runner/index.ts'
import { digest, registries } from './texts.ts'

const hello = registries('gcr.io/staging', 'prod.example.com')
const list = `- name: hello\n  dmap:\n    "${digest('a')}": ["v1"]\n    "not-a-digest": ["v0"]\n- name: world\n  dmap:\n    "${digest('b')}": ["v1"]\n`
const thin: ManifestSource = {
  project: 'hello',
  manifest: { file: 'm.yaml', text: hello },
  images: { file: 'images.yaml', text: list },
}
const addition = (name: string, digit: string, ...tags: readonly string[]) => ({
  name,
  digest: parseDigest(digest(digit)),
  tags: tags.map(parseTag),
})

test('only what is new is added, and only what was asked for is wanted, with the tags that it had', () => {
  const { added, wanted, text } = planEdit(thin, [addition('hello', 'a', 'v1', 'v1.0'), addition('world', 'b', 'v1')])
  expect(added).toEqual([addition('hello', 'a', 'v1.0')])
  expect(text).toBe(list.replace('["v1"]', '["v1", "v1.0"]'))
  expect(wanted.images.map(({ name, tags }) => [name, ...tags])).toEqual([
    ['hello', 'v1', 'v1.0'],
    ['world', 'v1'],
  ])
  // A mistake elsewhere in the list is not this edit's.
  expect(wanted.findings).toEqual([])
  expect(planEdit({ ...thin, images: { file: 'images.yaml', text } }, [addition('hello', 'a', 'v1.0')]).added).toEqual(
    [],
  )
})

test('a plain manifest gets it between its own keys', () => {
  const text = `${hello}images:\n${list}imagesPath: x\n`
  const { text: edited } = planEdit({ project: '', manifest: { file: 'm.yaml', text } }, [addition('new', 'c', 'v2')])
  expect(edited).toBe(text.replace('imagesPath', `- name: new\n  dmap:\n    "${digest('c')}": ["v2"]\nimagesPath`))
})

test('all that cannot be added is named at once', () => {
  const plan = (): unknown => planEdit(thin, [addition('hello', 'c', 'v1'), addition('world', 'c', 'latest')])
  expect(plan).toThrow(FailedItems)
  expect(plan).toThrow(`- images.yaml:3:5: 'hello:v1' is ${digest('a')} already`)
  expect(plan).toThrow("- 'world' would get the tag latest")
})
