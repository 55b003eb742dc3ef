import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Descriptor, Digest } from '../../../src/oci/index.ts'
import {
  type EvidencePolicy,
  type EvidenceVerdict,
  openEvidenceJudge,
  type Requirements,
} from '../../../src/policy/index.ts'
import { openLayout, type Repository } from '../../../src/registry/index.ts'
import { type BundleSigner, openSigner, readKeySigner, type SignerDescription } from '../../../src/sigstore/index.ts'
import { testStep } from '../../step.ts'
import { writeKeyPair } from '../attest/release.ts'
import { legacyAttestation, simpleSigning } from '../sigstore/legacy-documents.ts'
import { noSigner } from '../sigstore/options.ts'
import {
  attachBundle,
  attest,
  legacySignatureOf,
  legacyTag,
  manifestsOf,
  provenance,
  readTestImage,
  spdx,
  statementOf,
  type TestImage,
  writeLegacy,
  writeTestImage,
} from './image.ts'

interface Party {
  readonly signer: BundleSigner
  readonly description: SignerDescription
}

let folder: string
let project: Party
let stranger: Party
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'judge-'))
  project = await partyOf('project')
  stranger = await partyOf('stranger')
})
afterAll(() => rm(folder, { recursive: true }))

async function partyOf(name: string): Promise<Party> {
  const { key, publicKey } = await writeKeyPair(folder, name)
  return {
    signer: await openSigner({ ...noSigner, key }, testStep()),
    description: await readKeySigner(publicKey, testStep()),
  }
}

let repository: Repository
let image: TestImage
let count = 0
beforeEach(async () => {
  repository = openLayout(join(folder, `layout-${count++}`), 'hello')
  image = await writeTestImage(repository, 'hello')
})

const requirements = (changed: Partial<Requirements> = {}): Requirements => ({
  mode: 'require',
  signers: [project.description],
  predicates: [],
  ...changed,
})

const policyOf = (demands: Requirements): EvidencePolicy => ({
  default: demands,
  projects: new Map(),
  trustedRoot: undefined,
  digest: `sha256:${'0'.repeat(64)}`,
})

async function judge(changed: Partial<Requirements> = {}, from = repository): Promise<EvidenceVerdict> {
  const judging = await openEvidenceJudge(policyOf(requirements(changed)))
  return judging.judge(undefined, await readTestImage(repository, image), from)
}

/** Signs every manifest of the image, and answers the evidence of each. */
async function signAll(signer = project.signer): Promise<Map<Digest, Digest>> {
  const signatures = new Map<Digest, Digest>()
  for (const manifest of manifestsOf(image)) {
    signatures.set(manifest.digest, await attest(repository, manifest, signer))
  }
  return signatures
}

const findingsOf = ({ findings }: EvidenceVerdict): (readonly [string, Digest])[] =>
  findings.map(({ kind, manifest }) => [kind, manifest])

/** A repository that counts what is read of it. */
function counting(inner: Repository, fail = false): Repository & { readonly read: string[] } {
  const read: string[] = []
  return {
    ...inner,
    read,
    async readBlob(descriptor) {
      read.push(descriptor.digest)
      if (fail) throw new Error('the registry is away')
      return inner.readBlob(descriptor)
    },
  }
}

describe('signatures', () => {
  test('are demanded of the index and of each platform; what fulfils them is needed', async () => {
    const signatures = await signAll()
    const { findings, needed, mode } = await judge()
    expect(findings).toEqual([])
    expect(mode).toBe('require')
    expect(new Map(needed.map(({ subject, digest }) => [subject, digest]))).toEqual(signatures)
  })

  test('are missed where they are not: one finding a manifest', async () => {
    await attest(repository, image.index, project.signer)
    const verdict = await judge()
    expect(findingsOf(verdict)).toEqual(image.platforms.map(({ digest }) => ['missing-signature', digest]).toReversed())
    expect(verdict.findings[0]?.message).toBe('nobody signed it')
    expect(verdict.needed).toHaveLength(1)
  })

  test('by somebody else do not count, and the finding names them', async () => {
    await signAll(stranger.signer)
    const verdict = await judge()
    expect(findingsOf(verdict)).toEqual(
      manifestsOf(image)
        .map(({ digest }) => ['wrong-signer', digest])
        .toReversed(),
    )
    expect(verdict.findings[0]?.message).toMatch(
      /^sha256:\w{64}: it is by the key \S+, who is no signer of the policy$/,
    )
    expect(verdict.needed).toEqual([])
  })

  test('count by any one of the signers', async () => {
    await signAll(stranger.signer)
    expect((await judge({ signers: [project.description, stranger.description] })).findings).toEqual([])
  })

  test('hold beside others that do not', async () => {
    const signatures = await signAll()
    await signAll(stranger.signer)
    await attachBundle(repository, image.index, Buffer.from('no bundle'))
    const { findings, needed } = await judge()
    expect(findings).toEqual([])
    expect(needed.map(({ digest }) => digest).sort()).toEqual([...signatures.values()].sort())
  })

  test('of another image do not count, whatever they lie beside', async () => {
    const [first] = image.platforms
    await signAll()
    const other = await writeTestImage(repository, 'other')
    await attachBundle(
      repository,
      other.index,
      await project.signer.signStatement(statementOf(first?.digest ?? image.index.digest)),
    )
    image = other
    const verdict = await judge()
    expect(verdict.findings.at(-1)).toMatchObject({ kind: 'invalid', manifest: other.index.digest })
    expect(verdict.findings.at(-1)?.message).toMatch(/it speaks of another image$/)
  })

  test('that were changed are invalid', async () => {
    const bundle = JSON.parse(
      Buffer.from(
        await project.signer.signStatement(statementOf(image.platforms[0]?.digest ?? image.index.digest)),
      ).toString(),
    )
    bundle.dsseEnvelope.payload = statementOf(image.index.digest).toString('base64')
    await attachBundle(repository, image.index, Buffer.from(JSON.stringify(bundle)))
    const verdict = await judge()
    expect(verdict.findings.at(-1)).toMatchObject({ kind: 'invalid', manifest: image.index.digest })
    expect(verdict.findings.at(-1)?.message).toMatch(/The signature does not match/)
  })
})

describe('legacy signatures', () => {
  test('count; a referrer is needed rather than a tag that others add to', async () => {
    const referrer = await attest(repository, image.index, project.signer)
    for (const { digest } of manifestsOf(image)) {
      const foreign = await legacySignatureOf(digest, stranger.signer)
      const own = await legacySignatureOf(digest, project.signer)
      await writeLegacy(repository, digest, 'sig', [foreign, own])
    }
    const { findings, needed } = await judge()
    expect(findings).toEqual([])
    const tags = image.platforms.map(({ digest }) => legacyTag(digest, 'sig'))
    expect(needed.map(({ tag }) => tag).sort()).toEqual([...tags, undefined].sort())
    expect(needed.at(-1)).toEqual({ subject: image.index.digest, digest: referrer })
  })

  test('of another digest do not count', async () => {
    const [platform] = image.platforms
    const layer = await legacySignatureOf(platform?.digest ?? image.index.digest, project.signer)
    await writeLegacy(repository, image.index.digest, 'sig', [layer])
    expect((await judge()).findings.at(-1)).toMatchObject({
      kind: 'invalid',
      manifest: image.index.digest,
      message: expect.stringMatching(/it speaks of another image$/),
    })
  })

  test('whose payload was changed do not count', async () => {
    const [platform] = image.platforms
    const layer = await legacySignatureOf(platform?.digest ?? image.index.digest, project.signer)
    await writeLegacy(repository, image.index.digest, 'sig', [{ ...layer, bytes: simpleSigning(image.index.digest) }])
    expect((await judge()).findings.at(-1)?.message).toMatch(/The signature does not match/)
  })

  test('attest, too', async () => {
    await signAll()
    const bundle = await project.signer.signStatement(statementOf(image.index.digest, provenance))
    const digest = await writeLegacy(repository, image.index.digest, 'att', [legacyAttestation(bundle)])
    const { findings, needed } = await judge({ predicates: [provenance] })
    expect(findings).toEqual([])
    expect(needed.at(-1)).toEqual({ subject: image.index.digest, digest, tag: legacyTag(image.index.digest, 'att') })
  })
})

describe('predicates', () => {
  test('are met by the index alone', async () => {
    await signAll()
    const digest = await attest(repository, image.index, project.signer, provenance)
    const { findings, needed } = await judge({ predicates: [provenance] })
    expect(findings).toEqual([])
    expect(needed).toContainEqual({ subject: image.index.digest, digest })
  })

  test('are met by each platform', async () => {
    await signAll()
    const digests = [
      await attest(repository, platform(0), project.signer, spdx),
      await attest(repository, platform(1), project.signer, spdx),
    ]
    const { findings, needed } = await judge({ predicates: [spdx] })
    expect(findings).toEqual([])
    expect(needed.map(({ digest }) => digest)).toEqual(expect.arrayContaining(digests))
  })

  test('are missed where one platform lacks them', async () => {
    await signAll()
    await attest(repository, platform(0), project.signer, spdx)
    expect((await judge({ predicates: [spdx] })).findings).toEqual([
      {
        kind: 'missing-predicate',
        manifest: image.index.digest,
        message: `no signer attested ${spdx} of it, nor of each platform: not of ${platform(1).digest}`,
      },
    ])
  })

  test('by somebody else do not count', async () => {
    await signAll()
    await attest(repository, image.index, stranger.signer, provenance)
    const { findings } = await judge({ predicates: [provenance] })
    expect(findings).toMatchObject([{ kind: 'wrong-signer', manifest: image.index.digest }])
    expect(findings[0]?.message).toMatch(/ \(sha256:\w{64}: it is by the key /)
  })

  test('are what the statement says, not what an annotation claims', async () => {
    await signAll()
    const bundle = await project.signer.signStatement(statementOf(image.index.digest, spdx))
    await attachBundle(repository, image.index, bundle, provenance)
    expect(findingsOf(await judge({ predicates: [provenance] }))).toEqual([['missing-predicate', image.index.digest]])
  })

  test('of SPDX are met by the type that actions/attest writes', async () => {
    await signAll()
    await attest(repository, image.index, project.signer, `${spdx}/v2.3`)
    expect((await judge({ predicates: [spdx] })).findings).toEqual([])
    expect((await judge({ predicates: [`${spdx}/v3`] })).findings).toHaveLength(1)
  })

  test("are not demanded of BuildKit's attestations, which must be signed", async () => {
    image = await writeTestImage(repository, 'buildkit', { buildKit: true })
    for (const each of [image.index, ...image.platforms]) await attest(repository, each, project.signer)
    for (const each of image.platforms) await attest(repository, each, project.signer, spdx)
    expect(findingsOf(await judge({ predicates: [spdx] }))).toEqual([['missing-signature', image.attestation?.digest]])
  })

  test('of an index without platforms are never met', async () => {
    const { attestation } = await writeTestImage(repository, 'empty', { buildKit: true })
    const empty = await repository.writeManifest(
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.index.v1+json',
          manifests: [attestation],
        }),
      ),
      'application/vnd.oci.image.index.v1+json',
    )
    image = { index: empty, platforms: [], attestation }
    await signAll()
    expect(findingsOf(await judge({ predicates: [spdx] }))).toEqual([['missing-predicate', empty.digest]])
  })

  const platform = (position: number): Descriptor => image.platforms[position] ?? image.index
})

describe('reading', () => {
  test('nothing, where nobody looks', async () => {
    await signAll()
    const from = counting(repository)
    expect(await judge({ mode: 'off', signers: [] }, from)).toEqual({ mode: 'off', findings: [], needed: [] })
    expect(from.read).toEqual([])
  })

  test('no attestation that nobody asked for', async () => {
    await signAll()
    await attest(repository, image.index, project.signer, spdx)
    const from = counting(repository)
    await judge({}, from)
    expect(from.read).toHaveLength(3)
  })

  test('nothing that is too large', async () => {
    const bundle = await attest(repository, image.index, project.signer)
    const whole = await readTestImage(repository, image)
    const from = counting(repository)
    const evidence = whole.evidence.map(({ subject, manifests }) => ({
      subject,
      manifests: manifests.map(({ descriptor, bytes }) => ({
        descriptor,
        bytes: Buffer.from(
          Buffer.from(bytes)
            .toString()
            .replace(/"size":\d+\}\],"subject"/, `"size":${1 << 30}}],"subject"`),
        ),
      })),
    }))
    const judging = await openEvidenceJudge(policyOf(requirements()))
    const { findings } = await judging.judge(undefined, { ...whole, evidence }, from)
    expect(findings.at(-1)?.message).toBe(`${bundle}: it is too large: ${1 << 30} bytes; ${32 << 20} are read at most`)
    expect(from.read).toEqual([])
  })

  test('once for a whole run, but again after a failure', async () => {
    await signAll()
    const source = await readTestImage(repository, image)
    const from = counting(repository)
    const judging = await openEvidenceJudge(policyOf(requirements()))
    await expect(judging.judge(undefined, source, counting(repository, true))).rejects.toThrow('the registry is away')
    const verdicts = await Promise.all([1, 2].map(() => judging.judge(undefined, source, from)))
    expect(verdicts.map(({ findings }) => findings)).toEqual([[], []])
    expect(from.read).toHaveLength(3)
  })

  test('not what lies beside evidence, nor what nobody signed', async () => {
    const signatures = await signAll()
    const sbom = { mediaType: 'text/spdx+json', bytes: Buffer.from('{}'), annotations: {} }
    await writeLegacy(repository, image.index.digest, 'sbom', [sbom])
    const whole = await readTestImage(repository, image)
    const nested = whole.evidence.map((each) => ({ ...each, subject: [...signatures.values()][0] ?? each.subject }))
    const from = counting(repository)
    const judging = await openEvidenceJudge(policyOf(requirements()))
    const { findings } = await judging.judge(undefined, { ...whole, evidence: nested }, from)
    expect(findings.map(({ message }) => message)).toEqual(manifestsOf(image).map(() => 'nobody signed it'))
    expect(from.read).toEqual([])
  })
})
