import type { ByteSource } from './byte-source.ts'

/** A piece of an executable that is loaded at an address. */
export interface Region {
  readonly address: number
  /** In the source, not in the file around it. */
  readonly offset: number
  readonly size: number
}

/** What a reader of build info needs to know of an executable, whatever its format. */
export interface Executable {
  readonly source: ByteSource
  /** The section that Go's linker makes for build info; undefined when none has its name. */
  readonly buildInfo: Region | undefined
  /** Loaded pieces with bytes in the file, writable data first: that is where build info lies without a section. */
  readonly regions: readonly Region[]
}

export interface LoadedRegion extends Region {
  readonly writable: boolean
}

/** Those that have bytes in the file, cut at its end (a separate debug file keeps headers of what it left out). */
export function fileRegions(source: ByteSource, loaded: readonly LoadedRegion[]): Region[] {
  return loaded
    .filter(({ offset, size }) => size > 0 && offset < source.size)
    .sort((left, right) => Number(right.writable) - Number(left.writable))
    .map(({ address, offset, size }) => ({ address, offset, size: Math.min(size, source.size - offset) }))
}
