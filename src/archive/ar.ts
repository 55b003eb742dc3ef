import type { FileHandle } from 'node:fs/promises'

/** A member of an ar archive and where its content lies in the file. */
export interface ArMember {
  readonly name: string
  /** Bytes from the start of the file. */
  readonly offset: number
  /** Bytes. */
  readonly size: number
}

/** The first bytes of every ar archive. */
export const arMagic = '!<arch>\n'

/**
 * The 60 bytes before a member, owned by root, mode 0644 (ar(5), common format). Content of odd size is followed by a newline.
 * `time` in seconds since 1970.
 */
export function arMemberHeader(name: string, size: number, time: number): Buffer {
  if (!/^[A-Za-z0-9._+-]{1,16}$/.test(name)) throw new RangeError(`'${name}' does not fit a member's name of ar`)
  const fields = [name.padEnd(16), String(time).padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)]
  return Buffer.from(`${fields.join('')}${String(size).padEnd(10)}\`\n`, 'latin1')
}

/**
 * The members of an ar archive, in its order, without their content. Long names (GNU, BSD) are returned as they stand.
 * @throws Error when the file is none, or a member leaves it
 */
export async function readArMembers(file: FileHandle, maximum = 64): Promise<ArMember[]> {
  const { size: end } = await file.stat()
  const magic = await readAt(file, 0, Math.min(end, arMagic.length))
  if (magic.toString('latin1') !== arMagic) throw new Error('it does not begin like an ar archive')
  const members: ArMember[] = []
  for (let position = arMagic.length; position < end; ) {
    if (members.length === maximum) throw new Error(`it has more than ${maximum} members`)
    if (position + 60 > end) throw new Error('a member is cut off')
    const header = (await readAt(file, position, 60)).toString('latin1')
    const sizeText = header.slice(48, 58).trimEnd()
    if (header.slice(58) !== '`\n' || !/^[0-9]{1,10}$/.test(sizeText))
      throw new Error('the header of a member is broken')
    const size = Number(sizeText)
    const offset = position + 60
    if (offset + size > end) throw new Error('a member is cut off')
    members.push({ name: header.slice(0, 16).trimEnd().replace(/\/$/, ''), offset, size })
    position = offset + size + (size % 2)
  }
  return members
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw new Error('it is cut off')
  return buffer
}
