import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { type Descriptor, digestOfBytes, emptyDescriptor, hexOf, mediaTypes, parseTag } from '../../src/oci/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { mapConcurrently, runCommand } from '../../src/runner/index.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'

const registries: TestRegistry[] = []
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close()
})

async function start(kind: RegistryKind): Promise<TestRegistry> {
  const registry = await startRegistry(kind)
  registries.push(registry)
  return registry
}

const open = (host: string, name: string): Repository => {
  const step = testStep({ http: createHttpClient({ signal: new AbortController().signal }) })
  return openRepository({ kind: 'registry', host, prefix: '' }, name, step)
}

async function writeImage(repository: Repository): Promise<Descriptor> {
  await repository.writeBlob(emptyDescriptor, () => Readable.from([Buffer.from('{}')]))
  const { manifest: mediaType } = mediaTypes
  const image = { schemaVersion: 2, mediaType, config: emptyDescriptor, layers: [emptyDescriptor] }
  return await repository.writeManifest(Buffer.from(JSON.stringify(image)), mediaType, parseTag('v1'))
}

describeWith(['docker-registry', 'crane'], 'a registry without referrers API', () => {
  test('keeps the referrers that ten processes attach at the same moment, as another tool sees them', async () => {
    const { host } = await start('docker')
    const subject = await writeImage(open(host, 'hello'))
    const attach = join(import.meta.dirname, '..', 'registry', 'attach.ts')
    const processes = Array.from({ length: 10 }, (_, index): ChildProcess => {
      const args = [attach, host, 'hello', JSON.stringify(subject), `https://example.com/${index}`]
      return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: {} })
    })
    const exits = processes.map((child) => once(child, 'exit'))
    await Promise.all(processes.map(({ stdout }) => stdout && once(stdout, 'data')))
    for (const { stdin } of processes) stdin?.write('go\n')
    for (const [code] of await Promise.all(exits)) expect(code).toBe(0)

    const { stdout } = await runCommand(tool('crane'), ['manifest', `${host}/hello:sha256-${hexOf(subject.digest)}`])
    const index: { manifests: { digest: string }[] } = JSON.parse(stdout)
    expect(new Set(index.manifests.map(({ digest }) => digest)).size).toBe(10)
    expect(await open(host, 'hello').listReferrers(subject.digest)).toHaveLength(10)
  })
})

describeWith(['docker-registry'], 'a registry with a quota', () => {
  test('of 20 requests a second takes 130 as soon as it can, and refuses few of them', async () => {
    const { host, gateway } = await start('docker')
    gateway.limit({ perSecond: 20, burst: 20 })
    const repository = open(host, 'hello')
    const begun = performance.now()
    await mapConcurrently(Array.from({ length: 43 }), 24, async (_, index) => {
      const bytes = Buffer.from(`blob ${index}`)
      const descriptor = { mediaType: 'text/plain', digest: digestOfBytes(bytes), size: bytes.length }
      expect(await repository.hasBlob(descriptor.digest)).toBe(false)
      await repository.writeBlob(descriptor, () => Readable.from([bytes]))
    })
    await repository.list()
    const seconds = (performance.now() - begun) / 1000
    const refused = gateway.seen.filter(({ status }) => status === 429)
    const late = refused.filter(({ at }) => at > begun + 1000)
    const passed = gateway.seen.length - refused.length
    expect(passed).toBe(130)
    expect(late.length / passed).toBeLessThan(0.05)
    // 5.5 s is what the quota allows; regsync takes 6.2 s for 129 requests.
    expect(seconds).toBeLessThan(8)
  })
})

describeWith(['docker-registry'], 'a large blob', () => {
  const bytes = Buffer.alloc(40 << 20, 'a large blob')
  const descriptor = { mediaType: 'application/octet-stream', digest: digestOfBytes(bytes), size: bytes.length }
  const content = (start: number) => Readable.from(chunks(bytes.subarray(start)), { objectMode: false })
  const methods = ({ gateway }: TestRegistry) => gateway.seen.map(({ method, status }) => `${method} ${status}`)
  const once = (wanted: string, value: number) => {
    let done = false
    return (method: string) => {
      if (done || method !== wanted) return undefined
      done = true
      return value
    }
  }

  test('whose request the server fails goes on in its session', async () => {
    const registry = await start('docker')
    registry.gateway.refuse(once('PATCH', 503))
    const repository = open(registry.host, 'hello')
    await repository.writeBlob(descriptor, content)
    expect(methods(registry)).toEqual(['HEAD 404', 'POST 202', 'PATCH 503', 'GET 204', 'PATCH 202', 'PUT 201'])
    expect(digestOfBytes(await buffer(await repository.readBlob(descriptor)))).toBe(descriptor.digest)
  })

  test('whose connection breaks amid a request, which this registry answers by dropping the session, is sent anew', async () => {
    const registry = await start('docker')
    registry.gateway.cut(once('PATCH', 17 << 20))
    const repository = open(registry.host, 'hello')
    await repository.writeBlob(descriptor, content)
    expect(methods(registry)).toEqual(['HEAD 404', 'POST 202', 'GET 404', 'HEAD 404', 'POST 202', 'PUT 201'])
    expect(digestOfBytes(await buffer(await repository.readBlob(descriptor)))).toBe(descriptor.digest)
  })

  test('whose answer breaks off is read on from there', async () => {
    const registry = await start('docker')
    const repository = open(registry.host, 'hello')
    await repository.writeBlob(descriptor, content)
    registry.gateway.forget()
    registry.gateway.cut(once('GET', 17 << 20))
    expect(digestOfBytes(await buffer(await repository.readBlob(descriptor)))).toBe(descriptor.digest)
    expect(methods(registry)).toEqual(['GET 200', 'GET 206'])
  })
})

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1 << 18) yield bytes.subarray(at, at + (1 << 18))
}
