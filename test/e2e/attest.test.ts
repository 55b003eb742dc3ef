import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { attest } from '../../src/attest/index.ts'
import { createHttpClient } from '../../src/http/index.ts'
import { promote } from '../../src/promote/index.ts'
import { imageSubjects, openRelease } from '../../src/release/index.ts'
import { runCommand } from '../../src/runner/index.ts'
import { promotionOptions } from '../promote/options.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'
import { attestWishes, createTestRelease, signTestRelease, type TestRelease } from '../unit/attest/release.ts'

let release: TestRelease
const step = () =>
  testStep({ workspace: release.folder, http: createHttpClient({ signal: new AbortController().signal }) })
const path = (name: string): string => join(release.directory, name)

/** A key needs no transparency log; nothing else is let pass. */
const byKey = () => ['--key', release.publicKey, '--private-infrastructure']

async function cosign(...args: string[]): Promise<{ exitCode: number; output: string }> {
  const environment = { PATH: toolsPath, HOME: release.folder }
  const { exitCode, stdout, stderr } = await runCommand(tool('cosign'), args, { environment, allowFailure: true })
  return { exitCode, output: stdout + stderr }
}

describeWith(['cosign'], 'attestations of a release, in the eyes of cosign', () => {
  beforeAll(async () => {
    release = await createTestRelease()
    await attest(attestWishes(release), step())
  })
  afterAll(() => release.remove())

  const provenance = ['--type', 'slsaprovenance1', '--bundle', 'evidence/provenance.sigstore.json']

  test.each(['hello-linux-amd64', 'hello.tar.gz', 'SHA256SUMS'])('the provenance speaks of %s', async (name) => {
    const args = [...byKey(), ...provenance.with(-1, path(provenance.at(-1) ?? '')), path(`files/${name}`)]
    const { exitCode, output } = await cosign('verify-blob-attestation', ...args)
    expect(output).toMatch(/Verified OK/)
    expect(exitCode).toBe(0)
  })

  test('the provenance speaks of no other file, and is of no other type', async () => {
    await writeFile(join(release.folder, 'stranger'), 'stranger')
    const bundle = ['--bundle', path('evidence/provenance.sigstore.json')]
    const verify = (type: string, file: string) =>
      cosign('verify-blob-attestation', ...byKey(), ...bundle, '--type', type, file)
    expect((await verify('slsaprovenance1', join(release.folder, 'stranger'))).exitCode).not.toBe(0)
    expect((await verify('spdxjson', path('files/hello.tar.gz'))).exitCode).not.toBe(0)
  })

  test('an SBOM speaks of its binary', async () => {
    const bundle = path('evidence/hello-linux-amd64.spdx.json.attestation.sigstore.json')
    const args = [...byKey(), '--type', 'spdxjson', '--bundle', bundle, path('files/hello-linux-amd64')]
    expect(await cosign('verify-blob-attestation', ...args)).toMatchObject({ exitCode: 0 })
  })

  test('any predicate speaks of any file', async () => {
    const predicate = join(release.folder, 'vex.json')
    await writeFile(predicate, '{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}')
    const files = ['release/files/hello.tar.gz']
    const custom = { predicate, predicateType: 'https://example.com/audit/v1', files }
    await attest(attestWishes(release, { predicate, predicateType: 'openvex', files }), step())
    await attest(attestWishes(release, custom), step())
    const verify = (type: string, bundle: string) =>
      cosign(
        'verify-blob-attestation',
        ...byKey(),
        '--type',
        type,
        '--bundle',
        path(`files/${bundle}`),
        path('files/hello.tar.gz'),
      )
    expect(await verify('openvex', 'hello.tar.gz.openvex.sigstore.json')).toMatchObject({ exitCode: 0 })
    expect(await verify(custom.predicateType, 'hello.tar.gz.audit-v1.sigstore.json')).toMatchObject({ exitCode: 0 })
  })
})

for (const kind of ['docker', 'referrers'] satisfies RegistryKind[]) {
  const programs = ['cosign', kind === 'docker' ? 'docker-registry' : 'referrers-registry']
  describeWith(programs, `attestations of images in a registry (${kind}), in the eyes of cosign`, () => {
    let registry: TestRegistry
    const verify = (reference: string, type: string) =>
      cosign('verify-attestation', ...byKey(), '--type', type, reference)

    beforeAll(async () => {
      release = await createTestRelease()
      registry = await startRegistry(kind)
      await attest(attestWishes(release), step())
      await signTestRelease(release)
      const to = [registry.host]
      await promote(promotionOptions({ release: release.directory, to }), step())
    })
    afterAll(async () => {
      await registry.close()
      await release.remove()
    })

    test('provenance and SBOMs came along with the images', async () => {
      const [image] = imageSubjects((await openRelease(release.directory)).record)
      const [manifest] = image?.manifests ?? []
      for (const digest of [image?.digest, manifest?.digest]) {
        for (const type of ['slsaprovenance1', 'spdxjson']) {
          const { exitCode, output } = await verify(`${registry.host}/hello@${digest}`, type)
          expect(output).toMatch(/The cosign claims were validated/)
          expect(exitCode).toBe(0)
        }
      }
    })

    test('a predicate is attached to an image in the registry, and once only', async () => {
      const predicate = join(release.folder, 'vex.json')
      await writeFile(predicate, '{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}')
      const images = [`${registry.host}/hello:v1.2.3`]
      const wishes = attestWishes(release, { predicate, predicateType: 'openvex', images })
      expect((await verify(`${registry.host}/hello:v1.2.3`, 'openvex')).exitCode).not.toBe(0)
      expect((await attest(wishes, step())).changed).toBe(true)
      expect(await verify(`${registry.host}/hello:v1.2.3`, 'openvex')).toMatchObject({ exitCode: 0 })
      expect((await attest(wishes, step())).changed).toBe(false)
    })
  })
}
