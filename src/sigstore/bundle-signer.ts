import type { TrustedRoot } from '@sigstore/protobuf-specs'
import { type Step, UserError } from '../runner/index.ts'
import { preAuthenticationEncoding, type SignedContent, serializeBundle } from './bundle.ts'
import type { Credential } from './credential.ts'
import { knownContent, parseBundle } from './entity.ts'
import { proveBundle } from './proof.ts'
import { DuplicateEntry } from './rekor.ts'
import type { SigningServices } from './services.ts'
import { digestOf } from './signature.ts'
import type { BundleSigner } from './signer.ts'
import { requestTestimony } from './testimony.ts'

const attempts = 3

/** Signs with a credential and has the services testify. With a root, each bundle is proven before it is handed out. */
export function bundleSigner(
  credential: Credential,
  services: SigningServices,
  root: TrustedRoot | undefined,
  step: Step,
): BundleSigner {
  const { key: signingKey, hint } = credential
  const { publicKey } = signingKey

  async function complete(content: SignedContent, digest: Buffer): Promise<Uint8Array> {
    const certificate = await credential.certificate()
    const testimony = await requestTestimony(step.http, services, { content, digest, publicKey, certificate })
    const key = certificate
      ? ({ kind: 'certificate', der: certificate } as const)
      : ({ kind: 'publicKey', hint } as const)
    const bytes = serializeBundle(content, key, testimony)
    if (root) await prove(bytes, content, digest, root)
    return bytes
  }

  // The file was hashed just now and is not read again: what can still be wrong is what the services said.
  async function prove(
    bytes: Uint8Array,
    { signature }: SignedContent,
    digest: Buffer,
    root: TrustedRoot,
  ): Promise<void> {
    const bundle = await parseBundle(bytes)
    const signer = credential.describe()
    const trust = signer.kind === 'key' ? ({ kind: 'key', publicKey, root } as const) : { ...signer, root }
    await proveBundle(bundle, knownContent(bundle, signature, digest, publicKey), trust)
  }

  return {
    get signer() {
      return credential.describe()
    },
    signBlob: (open) =>
      withoutDuplicate(async () => {
        const { signature, digest } = await signingKey.signStream(open())
        return complete({ kind: 'message', digest, signature }, digest)
      }),
    signStatement: (payload) =>
      withoutDuplicate(async () => {
        const signed = preAuthenticationEncoding(payload)
        const signature = await signingKey.signBytes(signed)
        return complete({ kind: 'statement', payload, signature }, digestOf(signed))
      }),
  }
}

/** After a lost answer a log may hold the entry and not hand it out; an ECDSA signature made anew is another entry. */
async function withoutDuplicate(sign: () => Promise<Uint8Array>): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sign()
    } catch (error) {
      if (!(error instanceof DuplicateEntry)) throw error
      if (attempt === attempts)
        throw new UserError(error.message, { hint: 'Sign with an EC P-256 key, whose signatures differ each time.' })
    }
  }
}
