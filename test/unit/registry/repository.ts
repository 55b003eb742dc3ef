import { Readable } from 'node:stream'
import { afterEach } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { type Descriptor, digestOfBytes, emptyDescriptor, hexOf, mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { openRepository, type Repository, sigstoreReferrer } from '../../../src/registry/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { fastClock } from '../http/server.ts'
import { type FakeOptions, type FakeRegistry, startFakeRegistry } from './fake-registry.ts'

const registries: FakeRegistry[] = []
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close()
})

interface Setup {
  readonly registry: FakeRegistry
  readonly repository: Repository
  readonly step: TestStep
}

/** A registry in memory that ends with the test, and a repository in it. */
export async function setup(options: FakeOptions = {}, name = 'project/hello'): Promise<Setup> {
  const registry = await startFakeRegistry(options)
  registries.push(registry)
  const step = networkStep()
  return { registry, step, repository: open(registry, name, step) }
}

export const networkStep = (): TestStep =>
  testStep({ http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }) })
export const open = (registry: FakeRegistry, name: string, step: TestStep): Repository =>
  openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, step)

export const v1 = parseTag('v1')
export const blobOf = (text: string): { descriptor: Descriptor; open: () => Readable } => ({
  descriptor: { mediaType: 'text/plain', digest: digestOfBytes(text), size: Buffer.byteLength(text) },
  open: () => Readable.from([Buffer.from(text)]),
})
export const manifestOf = (text: string, more: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: emptyDescriptor,
      layers: [blobOf(text).descriptor],
      ...more,
    }),
  )
export const subject: Descriptor = { mediaType: mediaTypes.index, digest: digestOfBytes('index'), size: 5 }
export const referrerOf = (text: string): Buffer =>
  Buffer.from(
    sigstoreReferrer(subject, blobOf(text).descriptor, 'https://example.com/predicate', '2026-01-02T03:04:05Z')
      .manifest,
  )
export const fallbackTag = `sha256-${hexOf(subject.digest)}`
