/** A place for files by name, with forward slashes. */
export interface Store {
  /** For messages: `file:PATH`. */
  readonly address: string
  /** SHA-256 (hexadecimal) of what is stored there; undefined when nothing is. */
  digestOf(name: string): Promise<string | undefined>
  /** Writes atomically and proves what it wrote. @throws UserError when other bytes are there already */
  write(name: string, source: string, sha256: string): Promise<void>
}

/** @throws UserError when the address is none */
export function openStore(_address: string): Store {
  throw new Error('not written yet')
}
