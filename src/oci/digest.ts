import { createHash } from 'node:crypto'
import { UserError } from '../errors/index.ts'

/** A SHA-256 digest as OCI writes it: `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`

const pattern = /^sha256:[0-9a-f]{64}$/

/** @throws UserError that names what the text was for */
export function parseDigest(text: string, what = 'digest'): Digest {
  if (!isDigest(text)) {
    throw new UserError(`${what} is not a SHA-256 digest: '${text}'`, {
      hint: 'Write it as sha256: and 64 lower-case hexadecimal digits.',
    })
  }
  return text
}

export const isDigest = (text: string): text is Digest => pattern.test(text)

export const digestFromHex = (hex: string): Digest => parseDigest(`sha256:${hex}`)

/** The 64 hexadecimal digits after `sha256:`. */
export const hexOf = (digest: Digest): string => digest.slice('sha256:'.length)

export const digestOfBytes = (bytes: Uint8Array | string): Digest =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`
