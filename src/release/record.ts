import type { Digest, Platform } from '../oci/index.ts'

/** What a file subject is for. */
export type FileRole = 'binary' | 'archive' | 'package' | 'checksums' | 'sbom' | 'chart' | 'other'

/** A file of the release. Names are unique in a release: they are the names of a release page. */
export interface FileSubject {
  readonly kind: 'file'
  readonly name: string
  /** Relative to the release directory, with forward slashes: `files/hello-linux-amd64`. */
  readonly path: string
  readonly role: FileRole
  readonly platform?: Platform
  readonly mediaType: string
  /** Bytes. */
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly sha256: string
  /** 128 hexadecimal digits. */
  readonly sha512: string
}

/** One platform of an image. */
export interface PlatformManifest {
  readonly platform: Platform
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
}

/** A multi-platform image: an index in the layout `images/`, and the manifests it lists. */
export interface ImageSubject {
  readonly kind: 'image'
  /** Repository name below a registry: `hello`. */
  readonly name: string
  readonly tags: readonly string[]
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly manifests: readonly PlatformManifest[]
}

export type Subject = FileSubject | ImageSubject

/** Who signed a piece of evidence. `local` is a key pair that k8s-release made on the spot on that machine. */
export type EvidenceSigner =
  | { readonly kind: 'key'; readonly origin: 'given' | 'local'; readonly keyId: Digest; readonly publicKey: string }
  | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string }

/** A Sigstore bundle in `evidence/`. */
export interface Evidence {
  readonly kind: 'signature' | 'attestation'
  /** Predicate type of the in-toto statement; absent where the bundle signs the bytes of a file. */
  readonly predicateType?: string
  /** Digests of the subjects it speaks of, sorted. */
  readonly subjects: readonly Digest[]
  /** Relative to the release directory: `evidence/hello-linux-amd64.sigstore.json`. */
  readonly path: string
  readonly mediaType: string
  readonly size: number
  readonly sha256: string
  readonly signer: EvidenceSigner
}

/** Where the subjects were made from. */
export interface Source {
  /** `https://github.com/kubernetes-sigs/hello`, or a `file:` URL for a checkout without a remote. */
  readonly repository: string
  /** `refs/tags/v1.2.3`; absent on a detached checkout. */
  readonly ref?: string
  /** 40 or 64 hexadecimal digits; absent outside a git repository. */
  readonly commit?: string
  /** RFC 3339 in UTC, whole seconds: the commit's time and every made file's time. */
  readonly commitTime: string
  /** True when the working tree differed from the commit. */
  readonly modified: boolean
  /** The project's folder below the repository's root, with forward slashes; absent at the root. */
  readonly directory?: string
}

/** `release.json`: what is in a release, by digest. The JSON schema is schema/release.schema.json. */
export interface ReleaseRecord {
  readonly schemaVersion: 1
  readonly project: string
  /** As the tag: `v1.2.3`. */
  readonly version: string
  readonly source: Source
  /** How the subjects were made. */
  readonly build: {
    /** Complete effective inputs of each action that made some, by its name: the provenance's external parameters. */
    readonly parameters: Readonly<Record<string, Parameters>>
    /** What each action consumed beside the source, by its name. */
    readonly dependencies: Readonly<Record<string, readonly BuildDependency[]>>
  }
  readonly subjects: readonly Subject[]
  readonly evidence: readonly Evidence[]
}

/** Inputs of one action under their own names, with defaults resolved. */
export type Parameters = Readonly<Record<string, unknown>>

/** Something the build consumed: toolchain, base image, module. Becomes a resolved dependency of the provenance. */
export interface BuildDependency {
  readonly uri: string
  readonly digest?: Readonly<Record<string, string>>
  readonly name?: string
}

/** A record and where it lies. */
export interface Release {
  /** Absolute path of the release directory. */
  readonly directory: string
  readonly record: ReleaseRecord
  /** Digest of release.json's bytes. */
  readonly digest: Digest
}
