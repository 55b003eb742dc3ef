import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { type AuditReport, auditMirrors } from '../../../src/mirrors/index.ts'
import { promote } from '../../../src/promote/index.ts'
import { openLayout, openRepository } from '../../../src/registry/index.ts'
import { FailedItems } from '../../../src/runner/index.ts'
import { sign } from '../../../src/sign/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { testStep } from '../../step.ts'
import { fastClock } from '../../unit/http/server.ts'
import { type ImageFixture, writeImage } from '../../unit/promote/fixture.ts'
import { type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'
import { noSigner } from '../../unit/sigstore/options.ts'

let folder: string
let image: ImageFixture
let registries: FakeRegistry[]

const step = () =>
  testStep({ workspace: folder, http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }) })

async function writeKey(name: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(join(folder, `${name}.key`), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(join(folder, `${name}.pub`), publicKey.export({ type: 'spki', format: 'pem' }))
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
  registries = [await startFakeRegistry({ referrers: true }), await startFakeRegistry()]
  await writeKey('signer')
  await writeKey('stranger')
  image = await writeImage(openLayout(join(folder, 'staging'), 'hello'), 'hello', 'v1')
  const source = `oci:${join(folder, 'staging')}:hello:v1`
  const signing = { ...noSigner, key: join(folder, 'signer.key'), release: '', files: [], images: [source] }
  await sign({ ...signing, recursive: true, plainHttp: [], dryRun: false }, step())
  const destinations = registries.map(({ host }) => `${host}/images`)
  await promote(promotionOptions({ images: [source], to: destinations }), step())
  await writeFile(
    join(folder, 'manifest.yaml'),
    `registries:
- {name: staging.example.com/hello, src: true}
${destinations.map((name) => `- name: ${name}\n`).join('')}images:
- name: hello
  dmap: {"${image.index.digest}": [v1]}
`,
  )
})
afterEach(async () => {
  for (const registry of registries) await registry.close()
  await rm(folder, { recursive: true })
})

/** `KIND SEVERITY ITEM`, with the mirrors as `a` and `b`. */
async function findings(policy: string): Promise<string[]> {
  await writeFile(join(folder, 'policy.yaml'), policy)
  const paths = { manifests: join(folder, 'manifest.yaml'), policy: join(folder, 'policy.yaml'), mirrors: undefined }
  const report = join(folder, 'report.json')
  const failed = await auditMirrors({ ...paths, report, warn: [], plainHttp: [], dryRun: false }, step()).then(
    () => false,
    (error: unknown) => error instanceof FailedItems,
  )
  const { passed, findings: found }: AuditReport = JSON.parse(await readFile(report, 'utf8'))
  expect(passed).toBe(!failed)
  const [a, b] = registries.map(({ host }) => host)
  return found
    .map(({ kind, severity, item }) => `${kind} ${severity} ${item.replace(a ?? '', 'a').replace(b ?? '', 'b')}`)
    .sort()
}

const demand = (mode: string, key: string): string => `default:\n  mode: ${mode}\n  signers: [{key: ${key}.pub}]\n`
const manifestsOf = ({ index, platforms }: ImageFixture): string[] => [index, ...platforms].map(({ digest }) => digest)
const everywhere = (severity: string): string[] =>
  ['a', 'b']
    .flatMap((mirror) => manifestsOf(image).map((digest) => `unsigned ${severity} ${mirror}/images/hello@${digest}`))
    .sort()

test('images that the right key signed pass at all mirrors', async () => {
  expect(await findings(demand('require', 'signer'))).toEqual([])
})

test('images that only someone else signed are unsigned at all mirrors', async () => {
  expect(await findings(demand('require', 'stranger'))).toEqual(everywhere('error'))
  expect(await findings(demand('warn', 'stranger'))).toEqual(everywhere('warning'))
  expect(await findings('default: {mode: off}\n')).toEqual([])
})

test('a signature that is gone at one mirror is missed there, though something else beside the image says it signs it', async () => {
  const [platform = image.index] = image.platforms
  const [first] = registries
  if (!first) throw new Error('two were started')
  const repository = openRepository({ kind: 'registry', host: first.host, prefix: 'images' }, 'hello', step())
  const known = new Set(image.referrers.map(({ digest }) => digest))
  const [signature] = (await repository.listReferrers(platform.digest)).filter(({ digest }) => !known.has(digest))
  expect(first.repository('images/hello').manifests.delete(signature?.digest ?? '')).toBe(true)
  const item = `a/images/hello@${platform.digest}`
  expect(await findings(demand('require', 'signer'))).toEqual([`unsigned error ${item}`])
  // Where nobody asks who signed, it is still a difference.
  expect(await findings('default: {mode: off}\n')).toEqual([`differing error ${item}`])
})
