import type { ImageLocation } from '../oci/index.ts'

/** Which vendors serve what is promoted, in which regions, and how many of the clients each takes. Plain data. */
export interface Mirrors {
  /** The registry that everything falls back to; the one of a mirror that serves. */
  readonly canonical: RegistryLocation
  readonly vendors: readonly Vendor[]
}

export type RegistryLocation = Extract<ImageLocation, { readonly kind: 'registry' }>

export interface Vendor {
  /** What a redirector calls the cloud of a client: `google`, `aws`. */
  readonly name: string
  /** Per cent of the clients that come from no vendor's cloud; those of all vendors add up to 100. */
  readonly share: number
  /** Those in front are preferred for clients whose region says nothing. */
  readonly mirrors: readonly Mirror[]
}

export interface Mirror {
  readonly region: string
  readonly registry: RegistryLocation
  /** Address of the store for files; absent where the mirror has images only. */
  readonly files?: string
  /** Regions of the vendor's cloud whose clients come here, the own one first. */
  readonly serves: readonly string[]
  /** A drained mirror gets no clients; it is promoted to and audited like the others, so that it can come back at once. */
  readonly state: MirrorState
}

export const mirrorStates = ['serving', 'drained'] as const
export type MirrorState = (typeof mirrorStates)[number]

/** `HOST/PREFIX`. */
export const formatRegistry = ({ host, prefix }: RegistryLocation): string => [host, prefix].filter(Boolean).join('/')
