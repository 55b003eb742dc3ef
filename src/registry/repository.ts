import type { Readable } from 'node:stream'
import type { Descriptor, Digest, Tag } from '../oci/index.ts'
import type { Listing } from './listing.ts'

/** A manifest's bytes, proven against its digest. */
export interface StoredManifest {
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
}

/** An artifact manifest with a `subject`, to be stored. */
export interface ReferrerManifest {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** One image repository, in a registry or in an image layout. Writing what is there already does nothing. */
export interface Repository {
  /** For messages: `HOST/NAME` or `oci:PATH:NAME`. */
  readonly address: string
  /** Undefined when the tag or digest is not there. */
  headManifest(reference: Digest | Tag): Promise<Descriptor | undefined>
  readManifest(reference: Digest | Tag): Promise<StoredManifest | undefined>
  /** Without a tag the manifest is stored by digest only. */
  writeManifest(bytes: Uint8Array, mediaType: string, tag?: Tag): Promise<Descriptor>
  /** All tags, with what else one listing tells; none where the repository is not there. */
  list(): Promise<Listing>
  listTags(): Promise<Tag[]>
  /**
   * What refers to a digest by its `subject`: the referrers API, else the fallback tag `sha256-<hex>`; in a layout, index.json.
   * @param known what was listed: a fallback tag that it lacks is not asked for
   */
  listReferrers(subject: Digest, known?: Listing): Promise<Descriptor[]>
  /**
   * False when no manifest of the repository can have referrers, as one question to the whole registry and the list of tags tell:
   * then nobody need ask for each manifest.
   */
  mayHaveReferrers(subject: Digest, known: Listing): Promise<boolean>
  /** Stores an artifact manifest that has a `subject` and makes it findable; safe against others doing the same. */
  writeReferrer(bytes: Uint8Array, mediaType: string): Promise<Descriptor>
  /**
   * Several at once: those of one subject need one write of its fallback tag, which is read back before this returns.
   * @param known what was listed. Manifests that it has are not stored again, only made findable; a fallback tag that it lacks is
   * written without being read first: give it only where nobody else can have attached to the same subject since.
   * @returns their descriptors, in the same order
   */
  writeReferrers(referrers: readonly ReferrerManifest[], known?: Listing): Promise<Descriptor[]>
  hasBlob(digest: Digest): Promise<boolean>
  /**
   * A stream that fails at its end when the bytes do not match the digest; an answer that breaks off goes on where it stopped.
   * @param start byte to begin with; then whoever read what is before it has to prove the whole
   */
  readBlob(descriptor: Descriptor, start?: number): Promise<Readable>
  /**
   * The stored bytes are proven against the descriptor.
   * @param open the content from byte `start` on; called again for a retry, and for a large blob also with a start above 0
   */
  writeBlob(descriptor: Descriptor, open: (start: number) => Readable): Promise<void>
  /** Takes a blob over from another repository of the same registry; false when that is not possible. */
  mountBlob(digest: Digest, from: Repository): Promise<boolean>
}
