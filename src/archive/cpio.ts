/** An entry of a cpio archive, without its content. */
export interface CpioEntry {
  readonly name: string
  /** Positive and unique in the archive. */
  readonly inode: number
  /** Type and permission bits, as stat(2) has them. */
  readonly mode: number
  /** Bytes of content that follow. */
  readonly size: number
  /** Seconds since 1970. */
  readonly time: number
}

const maximum = 0xffffffff

/**
 * The bytes before an entry's content, owned by root: the "newc" form of cpio(5), with which RPM carries its files.
 * The content is followed by `cpioPadding(size)`.
 * @throws RangeError when the entry is larger than the form can say (4 GiB)
 */
export function cpioHeader(entry: CpioEntry): Buffer {
  if (entry.size > maximum) throw new RangeError(`${entry.name} is larger than cpio can hold (4 GiB)`)
  const name = Buffer.from(`${entry.name}\0`)
  const links = entry.name === trailerName ? 1 : (entry.mode & 0o170000) === 0o040000 ? 2 : 1
  const fields = [entry.inode, entry.mode, 0, 0, links, entry.time, entry.size, 0, 0, 0, 0, name.length, 0]
  const head = Buffer.concat([Buffer.from(`070701${fields.map(hexadecimal).join('')}`), name])
  return Buffer.concat([head, cpioPadding(head.length)])
}

/** The zero bytes after `size` bytes of content, up to a multiple of four. */
export const cpioPadding = (size: number): Buffer => Buffer.alloc((4 - (size % 4)) % 4)

const trailerName = 'TRAILER!!!'

/** The entry that ends an archive. */
export const cpioTrailer = (): Buffer => cpioHeader({ name: trailerName, inode: 0, mode: 0, size: 0, time: 0 })

const hexadecimal = (value: number): string => value.toString(16).padStart(8, '0')
