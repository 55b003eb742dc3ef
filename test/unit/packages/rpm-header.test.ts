import { describe, expect, test } from '@jest/globals'
import {
  decodeHeader,
  encodeHeader,
  type Header,
  type HeaderValue,
  headerLength,
} from '../../../src/packages/rpm/header.ts'

const header: Header = new Map<number, HeaderValue>([
  [1009, { type: 'int32', numbers: [1, 0xffffffff] }],
  [1000, { type: 'string', text: 'hello' }],
  [1030, { type: 'int16', numbers: [0o100644] }],
  [5009, { type: 'int64', numbers: [2 ** 40] }],
  [1117, { type: 'strings', texts: ['a', '', 'ä'] }],
  [1004, { type: 'localized', text: 'Greets' }],
  [1146, { type: 'binary', bytes: Uint8Array.of(1, 2, 3) }],
])

describe('a header', () => {
  test('has the bytes of the RPM file format, version 4', () => {
    const bytes = encodeHeader(
      new Map<number, HeaderValue>([
        [1001, { type: 'int32', numbers: [7] }],
        [1000, { type: 'string', text: 'a' }],
      ]),
      'main',
    )
    const expected = [
      '8eade801 00000000 00000003 00000018',
      '0000003f 00000007 00000008 00000010',
      '000003e8 00000006 00000000 00000001',
      '000003e9 00000004 00000004 00000001',
      '6100 0000 00000007',
      '0000003f 00000007 ffffffd0 00000010',
    ]
    expect(bytes.toString('hex')).toBe(expected.join('').replaceAll(' ', ''))
  })

  test('is read as it was written, sorted by tag', () => {
    const bytes = encodeHeader(header, 'main')
    expect(headerLength(bytes)).toBe(bytes.length)
    const read = decodeHeader(bytes)
    expect([...read.keys()]).toEqual([1000, 1004, 1009, 1030, 1117, 1146, 5009])
    expect(read).toEqual(new Map([...header].sort(([left], [right]) => left - right)))
  })

  test('aligns numbers to their size', () => {
    const bytes = encodeHeader(header, 'signature')
    const entries = bytes.readUInt32BE(8)
    for (let index = 0; index < entries; index++) {
      const position = 16 + index * 16
      const size = { 3: 2, 4: 4, 5: 8 }[bytes.readUInt32BE(position + 4)] ?? 1
      expect(bytes.readUInt32BE(position + 8) % size).toBe(0)
    }
  })

  test.each<[string, (bytes: Buffer) => void, string]>([
    ['another beginning', (bytes) => bytes.writeUInt8(0, 0), 'does not begin like one'],
    ['no entries', (bytes) => bytes.writeUInt32BE(0, 8), 'larger than any'],
    ['too many entries', (bytes) => bytes.writeUInt32BE(0x10000, 8), 'larger than any'],
    ['too much data', (bytes) => bytes.writeUInt32BE(0x7fffffff, 12), 'larger than any'],
    ['more data than there is', (bytes) => bytes.writeUInt32BE(1000, 12), 'cut off'],
    ['an offset outside', (bytes) => bytes.writeUInt32BE(9999, 16 + 16 + 8), 'leaves its header'],
    ['a count outside', (bytes) => bytes.writeUInt32BE(9999, 16 + 3 * 16 + 12), 'leaves its header'],
    ['a count of zero', (bytes) => bytes.writeUInt32BE(0, 16 + 16 + 12), 'leaves its header'],
    ['text without an end', (bytes) => bytes.writeUInt32BE(9999, 16 + 5 * 16 + 12), 'has no end'],
    ['an unknown type', (bytes) => bytes.writeUInt32BE(77, 16 + 16 + 4), 'unknown type 77'],
    ['a tag twice', (bytes) => bytes.writeUInt32BE(1000, 16 + 2 * 16), 'stands twice'],
  ])('with %s is refused', (_, spoil, message) => {
    const bytes = encodeHeader(header, 'main')
    spoil(bytes)
    expect(() => decodeHeader(bytes)).toThrow(message)
  })

  test('whose entries share data is refused, so that it cannot unfold to more than it is', () => {
    const big: HeaderValue = { type: 'binary', bytes: new Uint8Array(1000) }
    const bytes = encodeHeader(new Map([1, 2, 3].map((tag) => [tag, big])), 'main')
    for (const index of [1, 2, 3]) bytes.writeUInt32BE(0, 16 + index * 16 + 8)
    expect(decodeHeader(bytes).size).toBe(3)
    for (const index of [1, 2, 3]) bytes.writeUInt32BE(1900, 16 + index * 16 + 12)
    expect(() => decodeHeader(bytes)).toThrow('overlap')
  })
})
