import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { applyMarkers, planMarkers } from '../../../../src/promote/files/index.ts'
import { openStore } from '../../../../src/storage/index.ts'
import { testStep } from '../../../step.ts'

const moved = (version: string, texts: Readonly<Record<string, string>> = {}): string[] =>
  planMarkers(version, new Map(Object.entries(texts))).map(({ name }) => name)

describe('the markers that a version moves', () => {
  test('a release moves all, narrow ones first; a pre-release only the latest', () => {
    expect(moved('v1.2.3')).toEqual([
      'stable-1.2.txt',
      'stable-1.txt',
      'stable.txt',
      'latest-1.2.txt',
      'latest-1.txt',
      'latest.txt',
    ])
    expect(moved('v1.3.0-rc.1')).toEqual(['latest-1.3.txt', 'latest-1.txt', 'latest.txt'])
  })

  test('a patch of an older minor moves only the markers of that minor', () => {
    const texts = {
      'stable.txt': 'v1.3.0',
      'stable-1.txt': 'v1.3.0',
      'stable-1.2.txt': 'v1.2.3',
      'latest.txt': 'v1.4.0-rc.0',
    }
    expect(moved('v1.2.4', { ...texts, 'latest-1.txt': 'v1.4.0-rc.0', 'latest-1.2.txt': 'v1.2.3' })).toEqual([
      'stable-1.2.txt',
      'latest-1.2.txt',
    ])
  })

  test('versions are compared as versions, not as text', () => {
    expect(moved('v1.10.0', { 'stable.txt': 'v1.9.0' })).toContain('stable.txt')
    expect(moved('v1.9.0', { 'stable.txt': 'v1.10.0' })).not.toContain('stable.txt')
    expect(moved('v1.2.0', { 'latest.txt': 'v1.2.0-rc.1' })).toContain('latest.txt')
    expect(moved('v1.2.0-rc.2', { 'latest.txt': 'v1.2.0' })).not.toContain('latest.txt')
    expect(moved('v1.2.0-rc.10', { 'latest.txt': 'v1.2.0-rc.9\n' })).toContain('latest.txt')
  })

  test('the same version moves nothing', () => {
    const names = moved('v1.2.3')
    expect(moved('v1.2.3', Object.fromEntries(names.map((name) => [name, 'v1.2.3'])))).toEqual([])
  })

  test.each(['', '1.2', 'latest', 'v1.2.3 ', ' v1.2.3', 'v1.2.3/../x', '=v1.2.3', 'kustomize/v5.0.0'])(
    "'%s' is no version",
    (version) => {
      expect(() => planMarkers(version, new Map())).toThrow(/no semantic version/)
    },
  )

  test('a marker that says no version is left for a person to mend', () => {
    expect(() => moved('v1.2.3', { 'stable.txt': '<html>' })).toThrow(/stable.txt is no semantic version/)
  })
})

describe('moving markers in a folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'markers-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')

  test('they are written without a line end, and only once', async () => {
    const store = openStore(`file:${folder}`, testStep())
    expect(await applyMarkers('v1.2.3', store, testStep())).toHaveLength(6)
    expect(await text('stable-1.txt')).toBe('v1.2.3')
    expect(await applyMarkers('v1.2.3', store, testStep())).toEqual([])
    expect(await applyMarkers('v1.1.9', store, testStep())).toMatchObject([
      { name: 'stable-1.1.txt' },
      { name: 'latest-1.1.txt' },
    ])
    expect(await text('stable.txt')).toBe('v1.2.3')
  })

  test('one that cannot be moved does not stop the others, and is named', async () => {
    await writeFile(join(folder, 'stable-1.txt'), 'soon')
    const store = openStore(`file:${folder}`, testStep())
    await expect(applyMarkers('v1.2.3', store, testStep())).rejects.toThrow(/stable-1.txt is no semantic version/)
    expect(await text('stable.txt')).toBe('v1.2.3')
    expect(await text('stable-1.txt')).toBe('soon')
  })

  test('of releases at the same time the newest stays', async () => {
    const versions = ['v1.2.1', 'v1.2.9', 'v1.2.3', 'v1.2.10', 'v1.2.4']
    await Promise.all(
      versions.map((version) => applyMarkers(version, openStore(`file:${folder}`, testStep()), testStep())),
    )
    expect(await Promise.all(['stable.txt', 'stable-1.txt', 'latest-1.2.txt'].map(text))).toEqual(
      Array.from({ length: 3 }, () => 'v1.2.10'),
    )
  })
})
