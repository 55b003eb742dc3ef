import { describe, expect, test } from '@jest/globals'
import { cpioHeader, cpioPadding, cpioTrailer } from '../../../src/archive/index.ts'

describe('cpio', () => {
  test('writes an entry in the newc form', () => {
    const header = cpioHeader({ name: './usr/bin/hello', inode: 1, mode: 0o100755, size: 5, time: 0x5f000000 })
    expect(header.toString('latin1')).toBe(
      '07070100000001000081ed0000000000000000000000015f0000000000000500000000000000000000000000000000' +
        '0000001000000000./usr/bin/hello\0\0\0',
    )
    expect(header.length % 4).toBe(0)
  })

  test('ends as every reader expects', () => {
    const trailer = cpioTrailer().toString('latin1')
    expect(trailer.slice(110)).toBe('TRAILER!!!\0\0\0\0')
    expect(trailer.slice(38, 46)).toBe('00000001')
  })

  test('fills up to a multiple of four', () => {
    expect([0, 1, 2, 3, 4].map((size) => cpioPadding(size).length)).toEqual([0, 3, 2, 1, 0])
  })

  test('refuses a file that its fields cannot say', () => {
    const entry = { name: './big', inode: 1, mode: 0o100644, time: 0 }
    expect(() => cpioHeader({ ...entry, size: 2 ** 32 })).toThrow('larger than cpio can hold')
    expect(cpioHeader({ ...entry, size: 2 ** 32 - 1 }).toString('latin1', 54, 62)).toBe('ffffffff')
  })
})
