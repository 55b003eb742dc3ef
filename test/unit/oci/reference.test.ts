import { describe, expect, test } from '@jest/globals'
import {
  formatPlatform,
  formatReference,
  parseDigest,
  parseLocation,
  parsePlatform,
  parseReference,
  parseTag,
} from '../../../src/oci/index.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('references', () => {
  test.each([
    'registry.example.com/hello',
    'registry.example.com:5000/group/hello:v1.2.3',
    `127.0.0.1:5000/hello@${digest}`,
    `localhost/hello:v1@${digest}`,
    'oci:release/images:hello',
    'oci:/tmp/images:group/hello:v1',
    `oci:images:hello@${digest}`,
  ])('%s keeps its text', (text) => {
    expect(formatReference(parseReference(text))).toBe(text)
  })

  test.each([
    'hello',
    'docker/hello',
    'registry.example.com/Hello',
    'registry.example.com/hello:-tag',
    'registry.example.com/hello@sha256:abc',
    'registry.example.com/../hello',
    '-o/hello',
    'oci:images',
    'https://registry.example.com/hello',
    '',
  ])("refuses '%s'", (text) => {
    expect(() => parseReference(text)).toThrow()
  })
})

test('locations', () => {
  expect(parseLocation('oci:some/folder')).toEqual({ kind: 'layout', path: 'some/folder' })
  expect(parseLocation('127.0.0.1:5000')).toEqual({ kind: 'registry', host: '127.0.0.1:5000', prefix: '' })
  expect(parseLocation('registry.example.com/a/b/')).toEqual({
    kind: 'registry',
    host: 'registry.example.com',
    prefix: 'a/b',
  })
  for (const text of ['oci:', 'folder', 'registry.example.com/A', '-x.y/z']) expect(() => parseLocation(text)).toThrow()
})

test('platforms, tags and digests', () => {
  expect(formatPlatform(parsePlatform('linux/arm/v7'))).toBe('linux/arm/v7')
  for (const text of ['linux', 'linux/', 'Linux/amd64', 'linux/arm/7', 'linux/arm/v7/x'])
    expect(() => parsePlatform(text)).toThrow()
  for (const text of ['', '.a', '-a', 'a b', 'a'.repeat(129)]) expect(() => parseTag(text)).toThrow()
  for (const text of ['', 'abc', `sha256:${'A'.repeat(64)}`, `sha512:${'a'.repeat(64)}`, `sha256:${'a'.repeat(63)}`]) {
    expect(() => parseDigest(text, 'digest of the base')).toThrow('digest of the base')
  }
})
