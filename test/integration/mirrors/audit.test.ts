import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { type AuditOptions, type AuditReport, auditMirrors } from '../../../src/mirrors/index.ts'
import { openRepository } from '../../../src/registry/index.ts'
import { FailedItems, renderText } from '../../../src/runner/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { fastClock } from '../../unit/http/server.ts'
import { type ImageFixture, writeImage } from '../../unit/promote/fixture.ts'
import { type FakeOptions, type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'

const kinds: readonly (readonly [string, FakeOptions])[] = [
  ['without a referrers API', {}],
  ['with a referrers API', { referrers: true }],
  ["with a referrers API that lists a config's type as the artifact's", { referrers: true, configAsType: true }],
  ["with Google's list", { referrers: true, google: true }],
]

let folder: string
let registries: FakeRegistry[]
let image: ImageFixture
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
})
afterEach(async () => {
  for (const registry of registries) await registry.close().catch(() => undefined)
  await rm(folder, { recursive: true })
})

const newStep = (): TestStep =>
  testStep({ workspace: folder, http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }) })

/** Mirrors with the image `hello:v1` and all its evidence, and the manifest that asks for it. */
async function startMirrors(count: number, options: FakeOptions): Promise<readonly FakeRegistry[]> {
  registries = await Promise.all(Array.from({ length: count }, () => startFakeRegistry(options)))
  for (const { host } of registries) {
    const repository = openRepository({ kind: 'registry', host, prefix: 'images' }, 'hello', newStep())
    image = await writeImage(repository, 'hello', 'v1')
  }
  await writeFile(join(folder, 'manifest.yaml'), manifestText(registries.map(({ host }) => `${host}/images`)))
  for (const { log } of registries) log.splice(0)
  return registries
}

const manifestText = (destinations: readonly string[]): string => `registries:
- name: staging.example.com/hello
  src: true
${destinations.map((name) => `- name: ${name}\n`).join('')}images:
- name: hello
  dmap:
    ${image.index.digest}: [v1]
`

async function audit(options: Partial<AuditOptions> = {}, step = newStep()): Promise<AuditReport | FailedItems> {
  const given = { manifests: join(folder, 'manifest.yaml'), mirrors: undefined, policy: undefined, warn: [] }
  try {
    return await auditMirrors(
      { ...given, plainHttp: [], report: join(folder, 'report.json'), dryRun: false, ...options },
      step,
    )
  } catch (error) {
    if (error instanceof FailedItems) return error
    throw error
  }
}

/** `KIND ITEM` of each finding in the report, with the mirror as `a`, `b`, …; by item. */
async function findings(options: Partial<AuditOptions> = {}): Promise<string[]> {
  const result = await audit(options)
  const report: AuditReport = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
  expect(report.passed).toBe(!(result instanceof FailedItems))
  const named = report.findings.map(({ kind, item }) => `${kind} ${registries.reduce(withLetter, item)}`)
  return named.sort(byItem)
}

const withLetter = (item: string, { host }: FakeRegistry, index: number): string =>
  item.replace(host, 'abc'[index] ?? host)
const itemOf = (finding: string): string => finding.slice(finding.indexOf(' '))
const byItem = (left: string, right: string): number => (itemOf(left) < itemOf(right) ? -1 : 1)

describe.each(kinds)('mirrors %s', (_, options) => {
  test('that have everything are found to be so, each by few requests and none that writes', async () => {
    const mirrors = await startMirrors(3, options)
    const result = await audit()
    expect(result).toMatchObject({ passed: true, findings: [], mirrors: [{}, {}, {}] })
    for (const { log } of mirrors) {
      expect(log.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([])
      // A list, a tag, two platforms, the index once, a signature tag, and the referrers of three manifests.
      expect(log.length).toBeLessThanOrEqual(16)
    }
    if (options.google) {
      // The list says it all; only the first mirror is asked for referrers.
      const others = mirrors.map(({ log }) => log.length).sort((left, right) => left - right)
      expect(others.slice(0, 2)).toEqual([1, 1])
    }
  })

  test('a tag that is gone, another digest or too much', async () => {
    const [, b] = await startMirrors(2, options)
    const tags = b?.repository('images/hello').tags
    tags?.delete('v1')
    expect(await findings()).toEqual(['missing b/images/hello:v1'])
    tags?.set('v1', image.platforms[0]?.digest ?? '')
    expect(await findings()).toEqual(['moved b/images/hello:v1'])
    tags?.set('v1', image.index.digest)
    tags?.set('v0', image.index.digest)
    expect(await findings()).toEqual(['extra b/images/hello:v0'])
    expect(await findings({ warn: ['extra'] })).toEqual(['extra b/images/hello:v0'])
    tags?.delete('v0')
    expect(await findings()).toEqual([])
  })

  test('a platform that is gone', async () => {
    const [, b] = await startMirrors(2, options)
    const lost = image.platforms[1]?.digest ?? ''
    b?.repository('images/hello').manifests.delete(lost)
    expect(await findings()).toEqual([`missing b/images/hello@${lost}`])
  })

  test('signatures that are gone', async () => {
    const [a, b] = await startMirrors(2, options)
    const repository = b?.repository('images/hello')
    const lost = image.platforms[0]?.digest ?? image.index.digest
    removeReferrers(repository, lost)
    expect(await findings()).toEqual([`unsigned b/images/hello@${lost}`])
    // The tag of the index stays, so that it counts as signed.
    removeReferrers(repository, image.index.digest)
    expect(await findings()).toEqual(
      [`differing b/images/hello@${image.index.digest}`, `unsigned b/images/hello@${lost}`].sort(byItem),
    )
    repository?.tags.delete(image.signatureTag)
    expect(await findings()).toEqual(
      [`unsigned b/images/hello@${image.index.digest}`, `unsigned b/images/hello@${lost}`].sort(byItem),
    )
    // It is the same when the first mirror lacks them.
    const first = a?.repository('images/hello')
    removeReferrers(first, lost)
    expect(await findings()).toContain(`unsigned a/images/hello@${lost}`)
  })

  test('a signature tag that is another digest', async () => {
    const [, b] = await startMirrors(2, options)
    b?.repository('images/hello').tags.set(image.signatureTag, image.platforms[0]?.digest ?? '')
    expect(await findings()).toEqual([`differing b/images/hello@${image.index.digest}`])
  })

  test('a mirror that is away, and one that refuses, hide nothing of the others', async () => {
    const [a, b, c] = await startMirrors(3, options)
    if (!(a && b && c)) throw new Error('three were started')
    a.intercept = (_request, response) => {
      response.writeHead(403).end()
      return true
    }
    b.repository('images/hello').tags.delete('v1')
    await c.close()
    expect(await findings()).toEqual([
      'unreadable a/images/hello',
      'missing b/images/hello:v1',
      'unreadable c/images/hello',
    ])
  })
})

/** Takes the referrers of a manifest away, by subject and by fallback tag. */
function removeReferrers(repository: ReturnType<FakeRegistry['repository']> | undefined, subject: string): void {
  for (const referrer of image.referrers)
    if (referrer.subject === subject) repository?.manifests.delete(referrer.digest)
  repository?.tags.delete(`sha256-${subject.slice('sha256:'.length)}`)
}

describe('an audit', () => {
  test('of a mirrors policy looks at all its mirrors, whatever the manifest names', async () => {
    const [a, b] = await startMirrors(2, {})
    if (!(a && b)) throw new Error('two were started')
    await writeFile(join(folder, 'manifest.yaml'), manifestText([`${a.host}/images`]))
    await writeFile(
      join(folder, 'mirrors.yaml'),
      `canonical: ${a.host}/images
vendors:
- name: one
  share: 100
  mirrors:
  - {region: here, registry: ${a.host}/images}
  - {region: there, registry: ${b.host}/images, state: drained}
`,
    )
    b.repository('images/hello').tags.delete('v1')
    expect(await findings()).toEqual([])
    expect(await findings({ mirrors: join(folder, 'mirrors.yaml') })).toEqual(['missing b/images/hello:v1'])
  })

  test('names what it found in the summary, in the error with its place, and writes no report in a dry run', async () => {
    const [a] = await startMirrors(1, {})
    a?.repository('images/hello').tags.delete('v1')
    const step = newStep()
    const failed = await audit({ dryRun: true }, step)
    const message = `missing: ${a?.host}/images/hello:v1: the tag is not there: ${image.index.digest}`
    expect(failed).toBeInstanceOf(FailedItems)
    if (failed instanceof FailedItems) expect(failed.message).toContain(`manifest.yaml:8:5: ${message}`)
    expect(renderText(step.blocks)).toContain('Mirrors: 1 finding')
    expect(renderText(step.blocks)).toContain(`${a?.host}/images/hello:v1`)
    await expect(readFile(join(folder, 'report.json'))).rejects.toThrow('ENOENT')
  })

  test('gives the same report each time', async () => {
    const [a, b] = await startMirrors(3, { referrers: true })
    a?.repository('images/hello').tags.set('v0', image.index.digest)
    b?.repository('images/hello').tags.clear()
    await audit()
    const first = await readFile(join(folder, 'report.json'), 'utf8')
    for (let round = 0; round < 5; round++) {
      await audit()
      expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(first)
    }
  })

  test('of a line that is malformed says so', async () => {
    await startMirrors(1, {})
    const text = await readFile(join(folder, 'manifest.yaml'), 'utf8')
    await writeFile(join(folder, 'manifest.yaml'), `${text}    "sha256:abc": [v2]\n`)
    const failed = await audit()
    expect(failed).toBeInstanceOf(FailedItems)
    if (failed instanceof FailedItems) expect(failed.message).toContain('manifest.yaml:9:5: malformed')
  })

  test('refuses a kind that is none, and manifests without digests', async () => {
    await startMirrors(1, {})
    await expect(audit({ warn: ['extras'] })).rejects.toThrow("'extras' is no kind of finding")
    await writeFile(
      join(folder, 'releases.yaml'),
      'releaseConfigs:\n- org: example\n  repo: hello\n  tags: [v1]\n  gcsBucket: bucket\n  releaseDir: hello\n',
    )
    await expect(audit({ manifests: join(folder, 'releases.yaml') })).rejects.toThrow('cannot be audited')
  })

  test('a mirror that failed three times is not asked any more', async () => {
    const [a] = await startMirrors(1, {})
    if (!a) throw new Error('one was started')
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
    const dmap = `  dmap:\n    ${image.index.digest}: [v1]\n`
    const images = names.map((name) => `- name: ${name}\n${dmap}`).join('')
    await writeFile(join(folder, 'manifest.yaml'), `${manifestText([`${a.host}/images`])}${images}`)
    a.intercept = (_request, response) => {
      response.writeHead(403).end()
      return true
    }
    const found = await findings()
    expect(found).toHaveLength(names.length + 1)
    expect(found.every((finding) => finding.startsWith('unreadable a/images/'))).toBe(true)
    // Three under way at a time: no more than those and two before them were asked.
    expect(a.log.length).toBeLessThanOrEqual(5)
  })
})

describe('files', () => {
  test('that a store lacks, has otherwise or has too much', async () => {
    registries = []
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
    for (const store of ['a', 'b']) {
      await mkdir(join(folder, store))
      for (const name of ['one', 'two', 'three']) await writeFile(join(folder, store, name), name)
    }
    await writeFile(
      join(folder, 'manifest.yaml'),
      `filestores:
- base: file:${folder}/source
  src: true
- base: file:${folder}/a
- base: file:${folder}/b
files:
${['one', 'two', 'three'].map((name) => `- name: ${name}\n  sha256: ${hash(name)}\n`).join('')}`,
    )
    expect(await audit()).toMatchObject({ passed: true, mirrors: [{ files: 3 }, { files: 3 }] })
    await rm(join(folder, 'b/one'))
    await writeFile(join(folder, 'b/two'), 'changed')
    await writeFile(join(folder, 'a/four'), 'four')
    const failed = await audit()
    expect(failed).toBeInstanceOf(FailedItems)
    const report: AuditReport = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
    expect(report.findings.map(({ kind, item }) => `${kind} ${item}`)).toEqual([
      `extra file:${folder}/a/four`,
      `missing file:${folder}/b/one`,
      `moved file:${folder}/b/two`,
    ])
  })
})
