import type { KeyObject } from 'node:crypto'
import type { TrustedRoot } from '@sigstore/protobuf-specs'
import { parseDocument, publicTarget, readDocument } from './documents.ts'

/** Whom to believe, with what is needed to check it. A key needs no root; with one, log entries and timestamps count too. */
export type Trust = { readonly thresholds?: Thresholds } & (
  | { readonly kind: 'key'; readonly publicKey: KeyObject; readonly root: TrustedRoot | undefined }
  | {
      readonly kind: 'keyless'
      readonly identity: string
      /** What the whole identity must match, in place of being equal. */
      readonly pattern?: RegExp
      readonly issuer: string
      readonly root: TrustedRoot
    }
)

/** How many must testify, at the least; what a signer needs by itself is demanded in any case. */
export interface Thresholds {
  readonly logEntries: number
  /** Trusted times of signing: of timestamp authorities, or of logs that promise one. */
  readonly timestamps: number
  /** Of the certificate, by certificate transparency logs. */
  readonly certificateTimestamps: number
}

/**
 * Keys and certificates of the Sigstore services to believe: from a trusted_root.json, else the public instance's by TUF.
 * @throws UserError
 */
export async function loadTrustedRoot(path: string | undefined): Promise<TrustedRoot> {
  const { TrustedRoot } = await import('@sigstore/protobuf-specs')
  const text = path === undefined ? await publicTarget('trusted_root.json') : await readDocument(path)
  const what = path ?? "the public instance's trusted_root.json"
  return onlyDatedLogs(
    parseDocument(text, what, /^application\/vnd\.dev\.sigstore\.trustedroot(\+json;version=0\.|\.v0\.)/, (json) =>
      TrustedRoot.fromJSON(json),
    ),
  )
}

// A log whose validity has no start would be believed since the beginning of time; the sigstore-conformance suite refuses it.
const onlyDatedLogs = (root: TrustedRoot): TrustedRoot => ({
  ...root,
  tlogs: root.tlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
  ctlogs: root.ctlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
})
