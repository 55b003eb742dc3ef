import { type Location, UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'

// The words that all policies share: a signer, a predicate type, and a file beside the policy.

export type WrittenSigner =
  | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string }
  | { readonly kind: 'key'; readonly key: WrittenPath }

export interface WrittenPath {
  readonly path: string
  readonly location: Location
}

export function parseSigner(yaml: StrictYaml, node: unknown): WrittenSigner {
  const members = yaml.record(node, 'a signer', ['identity', 'issuer', 'key'])
  const identity = yaml.text(members.identity, "'identity'")
  const issuer = yaml.text(members.issuer, "'issuer'")
  const key = parsePath(yaml, members.key, "'key'")
  if (key && identity === undefined && issuer === undefined) return { kind: 'key', key }
  if (key || !identity || !issuer) {
    throw new UserError("a signer is an 'identity' with its 'issuer', or a 'key'", { location: yaml.locate(node) })
  }
  // A pattern would be compared as text and never be met; who writes one means something else.
  if (/[*^\\]/.test(identity)) {
    throw new UserError(`'${identity}' looks like a pattern; identities are compared as they are`, {
      hint: 'Write the whole identity as the certificate has it; list several signers where there are several.',
      location: yaml.locate(members.identity),
    })
  }
  if (!/^https?:\/\/\S+$/.test(issuer)) {
    throw new UserError(`'${issuer}' is not an issuer`, {
      hint: 'Write its URL, such as https://token.actions.githubusercontent.com.',
      location: yaml.locate(members.issuer),
    })
  }
  return { kind: 'keyless', identity, issuer }
}

export function parsePredicate(yaml: StrictYaml, node: unknown): string {
  const type = yaml.text(node, 'a predicate type') ?? ''
  if (/^https?:\/\/[^/\s]+\/\S+$/.test(type)) return type
  throw new UserError(`'${type}' is not a predicate type`, {
    hint: 'Write its URI, such as https://slsa.dev/provenance/v1.',
    location: yaml.locate(node),
  })
}

export function parsePath(yaml: StrictYaml, node: unknown, what: string): WrittenPath | undefined {
  if (node === undefined) return undefined
  const path = yaml.text(node, what)
  if (path) return { path, location: yaml.locate(node) }
  throw new UserError(`${what} names no file`, { location: yaml.locate(node) })
}
