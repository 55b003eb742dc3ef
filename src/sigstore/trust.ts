import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { TrustedRoot } from '@sigstore/protobuf-specs'
import { describeError, UserError } from '../runner/index.ts'

/** Whom to believe, with what is needed to check it. A key needs no root; with one, log entries and timestamps count too. */
export type Trust =
  | { readonly kind: 'key'; readonly publicKey: KeyObject; readonly root: TrustedRoot | undefined }
  | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string; readonly root: TrustedRoot }

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

/** A file of the public instance (trusted_root.json, signing_config.v0.2.json), proven by TUF. @throws UserError */
export async function publicTarget(name: string): Promise<string> {
  const { initTUF } = await import('@sigstore/tuf')
  try {
    return await (await initTUF()).getTarget(name)
  } catch (error) {
    throw new UserError(`Cannot get ${name} of the public Sigstore instance: ${describeError(error)}`, {
      hint: "Check the network, or give the inputs 'trusted-root' and 'signing-config' of your own instance.",
      cause: error,
    })
  }
}

/** @throws UserError */
export async function readDocument(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  }
}

/** @throws UserError when the text is not JSON of this media type */
export function parseDocument<Document extends { mediaType: string }>(
  text: string,
  what: string,
  mediaType: RegExp,
  parse: (json: unknown) => Document,
): Document {
  let document: Document
  try {
    document = parse(JSON.parse(text))
  } catch (error) {
    throw new UserError(`${what} cannot be read: ${describeError(error)}`)
  }
  if (!mediaType.test(document.mediaType)) {
    throw new UserError(`${what} is of the media type '${document.mediaType}'`, {
      hint: 'It is another document, or of an unknown version.',
    })
  }
  return document
}

// A log whose validity has no start would be believed since the beginning of time; the sigstore-conformance suite refuses it.
const onlyDatedLogs = (root: TrustedRoot): TrustedRoot => ({
  ...root,
  tlogs: root.tlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
  ctlogs: root.ctlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
})
