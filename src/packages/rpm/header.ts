import { regionTags } from './tags.ts'

/** A value of a header entry. `localized` is text with one translation, the C locale's. */
export type HeaderValue =
  | { readonly type: 'int8' | 'int16' | 'int32' | 'int64'; readonly numbers: readonly number[] }
  | { readonly type: 'string' | 'localized'; readonly text: string }
  | { readonly type: 'strings'; readonly texts: readonly string[] }
  | { readonly type: 'binary'; readonly bytes: Uint8Array }

/** Values by tag. */
export type Header = ReadonlyMap<number, HeaderValue>

const magic = Buffer.from([0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0])
const introLength = 16
const entryLength = 16
const typeNumbers = { int8: 2, int16: 3, int32: 4, int64: 5, string: 6, binary: 7, strings: 8, localized: 9 } as const
const integerSizes = { int8: 1, int16: 2, int32: 4, int64: 8 } as const

/** Far above the header of any package in use, so that a broken one cannot take the memory. */
const maximum = { entries: 0xffff, data: 64 << 20 }

/**
 * A header structure (RPM v4): magic, index sorted by tag, data in the same order, all inside one immutable region.
 * The bytes are what the digests and signatures of a package speak of.
 */
export function encodeHeader(header: Header, region: keyof typeof regionTags): Buffer {
  const sorted = [...header].sort(([left], [right]) => left - right)
  const index: Buffer[] = []
  const data: Buffer[] = []
  let offset = 0
  const append = (bytes: Buffer): void => {
    data.push(bytes)
    offset += bytes.length
  }
  for (const [tag, value] of sorted) {
    const alignment = 'numbers' in value ? integerSizes[value.type] : 1
    append(Buffer.alloc((alignment - (offset % alignment)) % alignment))
    index.push(entry(tag, typeNumbers[value.type], offset, countOf(value)))
    append(encodeValue(value))
  }
  const regionEntry = entry(regionTags[region], typeNumbers.binary, offset, entryLength)
  append(entry(regionTags[region], typeNumbers.binary, -(sorted.length + 1) * entryLength, entryLength))
  const intro = Buffer.alloc(introLength)
  magic.copy(intro)
  intro.writeUInt32BE(sorted.length + 1, 8)
  intro.writeUInt32BE(offset, 12)
  return Buffer.concat([intro, regionEntry, ...index, ...data])
}

function entry(tag: number, type: number, offset: number, count: number): Buffer {
  const bytes = Buffer.alloc(entryLength)
  bytes.writeUInt32BE(tag, 0)
  bytes.writeUInt32BE(type, 4)
  bytes.writeInt32BE(offset, 8)
  bytes.writeUInt32BE(count, 12)
  return bytes
}

function countOf(value: HeaderValue): number {
  if ('numbers' in value) return value.numbers.length
  if ('texts' in value) return value.texts.length
  return 'bytes' in value ? value.bytes.length : 1
}

function encodeValue(value: HeaderValue): Buffer {
  if ('bytes' in value) return Buffer.from(value.bytes)
  if ('text' in value) return Buffer.from(`${value.text}\0`)
  if ('texts' in value) return Buffer.from(value.texts.map((text) => `${text}\0`).join(''))
  const size = integerSizes[value.type]
  const bytes = Buffer.alloc(value.numbers.length * size)
  value.numbers.forEach((number, position) => {
    if (size === 8) bytes.writeBigUInt64BE(BigInt(number), position * size)
    else bytes.writeUIntBE(number, position * size, size)
  })
  return bytes
}

/**
 * The length in bytes of the header that begins with these 16 bytes.
 * @throws Error when none does
 */
export function headerLength(intro: Buffer): number {
  const { entries, dataLength } = readIntro(intro)
  return introLength + entries * entryLength + dataLength
}

export const headerIntroLength = introLength

/**
 * Reads a header of a foreign package.
 * @throws Error that says what is wrong with it
 */
export function decodeHeader(bytes: Buffer): Header {
  const { entries, dataLength } = readIntro(bytes)
  const dataStart = introLength + entries * entryLength
  if (bytes.length < dataStart + dataLength) throw new Error('a header is cut off')
  const data = bytes.subarray(dataStart, dataStart + dataLength)
  const header = new Map<number, HeaderValue>()
  // Entries may not share data: else a small header could unfold to a huge one.
  let left = dataLength
  for (let position = introLength; position < dataStart; position += entryLength) {
    const tag = bytes.readUInt32BE(position)
    const type = bytes.readUInt32BE(position + 4)
    const offset = bytes.readUInt32BE(position + 8)
    const count = bytes.readUInt32BE(position + 12)
    if (tag === regionTags.main || tag === regionTags.signature) continue
    if (header.has(tag)) throw new Error(`tag ${tag} stands twice in a header`)
    const { value, length } = decodeValue(data, tag, type, offset, count)
    left -= length
    if (left < 0) throw new Error('entries of a header overlap')
    header.set(tag, value)
  }
  return header
}

function readIntro(bytes: Buffer): { entries: number; dataLength: number } {
  if (bytes.length < introLength || !bytes.subarray(0, 4).equals(magic.subarray(0, 4))) {
    throw new Error('a header does not begin like one')
  }
  const entries = bytes.readUInt32BE(8)
  const dataLength = bytes.readUInt32BE(12)
  if (entries === 0 || entries > maximum.entries || dataLength > maximum.data) {
    throw new Error('a header says that it is larger than any')
  }
  return { entries, dataLength }
}

function decodeValue(
  data: Buffer,
  tag: number,
  type: number,
  offset: number,
  count: number,
): { value: HeaderValue; length: number } {
  const within = (length: number): Buffer => {
    if (count === 0 || offset + length > data.length) throw new Error(`the data of tag ${tag} leaves its header`)
    return data.subarray(offset, offset + length)
  }
  switch (type) {
    case typeNumbers.int8:
      return integers('int8', within(count))
    case typeNumbers.int16:
      return integers('int16', within(count * 2))
    case typeNumbers.int32:
      return integers('int32', within(count * 4))
    case typeNumbers.int64:
      return integers('int64', within(count * 8))
    case 1: // CHAR, which no tag in use has
    case typeNumbers.binary:
      return { value: { type: 'binary', bytes: Uint8Array.from(within(count)) }, length: count }
    case typeNumbers.string:
    case typeNumbers.strings:
    case typeNumbers.localized: {
      if (count === 0 || offset > data.length) throw new Error(`the data of tag ${tag} leaves its header`)
      const { texts, length } = terminatedTexts(data.subarray(offset), tag, count)
      if (type === typeNumbers.strings) return { value: { type: 'strings', texts }, length }
      return { value: { type: type === typeNumbers.string ? 'string' : 'localized', text: texts[0] ?? '' }, length }
    }
    default:
      throw new Error(`tag ${tag} has the unknown type ${type}`)
  }
}

function integers(type: keyof typeof integerSizes, bytes: Buffer): { value: HeaderValue; length: number } {
  const size = integerSizes[type]
  const numbers: number[] = []
  for (let position = 0; position < bytes.length; position += size) {
    numbers.push(size === 8 ? Number(bytes.readBigUInt64BE(position)) : bytes.readUIntBE(position, size))
  }
  return { value: { type, numbers }, length: bytes.length }
}

function terminatedTexts(data: Buffer, tag: number, count: number): { texts: string[]; length: number } {
  const texts: string[] = []
  let position = 0
  while (texts.length < count) {
    const end = data.indexOf(0, position)
    if (end === -1) throw new Error(`the text of tag ${tag} has no end`)
    texts.push(data.toString('utf8', position, end))
    position = end + 1
  }
  return { texts, length: position }
}
