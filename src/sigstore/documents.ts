import { readFile } from 'node:fs/promises'
import { describeError, UserError } from '../runner/index.ts'

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
