import type { Content } from './content.ts'

/** A place for files by name, with forward slashes. Nothing is read or written before the first call. */
export interface Store {
  /** For messages: `file:PATH`, `s3://BUCKET/PREFIX` or `gs://BUCKET/PREFIX`. */
  readonly address: string
  /**
   * What is stored there; undefined when nothing is.
   * @throws UserError when the store cannot be read, or the name leads out of it
   */
  stat(name: string): Promise<StoredFile | undefined>
  /**
   * SHA-256 (hexadecimal) of what is stored there; undefined when nothing is. The bytes are fetched and hashed where the store
   * cannot tell.
   * @throws UserError when the store cannot be read, or the name leads out of it
   */
  digestOf(name: string): Promise<string | undefined>
  /** The bytes that are stored there. @throws UserError while they are read, also when nothing is there */
  read(name: string): AsyncIterable<Uint8Array>
  /** Everything whose name begins with the prefix, by name. */
  list(prefix: string): Promise<readonly StoredFile[]>
  /**
   * Writes a file: atomically, and proven against its SHA-256 on the way and by the store. Of two that write the same name at
   * the same time one wins, and what is there is never overwritten.
   * @returns false when it was there already
   * @throws UserError when other bytes are there, when the source has other bytes, or the name leads out of the store
   */
  write(name: string, content: Content): Promise<boolean>
  /** A small text that changes, with what tells its versions apart; undefined when there is none. */
  readDocument(name: string): Promise<StoredDocument | undefined>
  /**
   * Replaces a small text, if it is still the version that was read.
   * @param replaced undefined when there was none
   * @returns false when another has written it meanwhile; nothing is changed then
   */
  replaceDocument(name: string, text: string, replaced: StoredDocument | undefined): Promise<boolean>
}

export interface StoredFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** SHA-256, where it can be believed without fetching the bytes: computed by the store itself, or bound to what it computed. */
  readonly sha256?: string
}

export interface StoredDocument {
  readonly text: string
  /** ETag, generation or digest: whatever the store compares. */
  readonly version: string
}

/** A document is a line or two; more is something else. */
export const largestDocument = 1 << 16
