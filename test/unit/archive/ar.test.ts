import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ArMember, arMagic, arMemberHeader, readArMembers } from '../../../src/archive/index.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ar-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(...parts: (string | Buffer)[]): Promise<ArMember[]> {
  const path = join(folder, 'archive')
  await writeFile(path, Buffer.concat(parts.map((part) => Buffer.from(part))))
  const file = await open(path)
  try {
    return await readArMembers(file)
  } finally {
    await file.close()
  }
}

describe('ar', () => {
  test('writes the header of a member as ar(5) has it', () => {
    expect(arMemberHeader('debian-binary', 4, 1_700_000_000).toString()).toBe(
      'debian-binary   1700000000  0     0     100644  4         `\n',
    )
    expect(() => arMemberHeader('a name that is too long', 1, 0)).toThrow('does not fit')
  })

  test('finds its members, also after one of odd size', async () => {
    const members = await read(arMagic, arMemberHeader('a', 3, 0), 'abc\n', arMemberHeader('b', 2, 0), 'de')
    expect(members).toEqual([
      { name: 'a', offset: 68, size: 3 },
      { name: 'b', offset: 132, size: 2 },
    ])
    expect(await read(arMagic)).toEqual([])
  })

  test.each<[string, (string | Buffer)[], string]>([
    ['nothing', [], 'does not begin'],
    ['another file', ['!<arch>x'], 'does not begin'],
    ['half a header', [arMagic, 'debian'], 'cut off'],
    ['a member that leaves the file', [arMagic, arMemberHeader('a', 9, 0), 'abc'], 'cut off'],
    ['a size that is no number', [arMagic, arMemberHeader('a', 9, 0).fill('x', 48, 58), 'abc'], 'broken'],
    ['a negative size', [arMagic, arMemberHeader('a', -9, 0)], 'broken'],
    ['a wrong end of the header', [arMagic, arMemberHeader('a', 3, 0).fill('x', 58), 'abc'], 'broken'],
    ['very many members', [arMagic, ...new Array(65).fill(arMemberHeader('a', 0, 0))], 'more than 64'],
  ])('refuses %s', async (_, parts, message) => {
    await expect(read(...parts)).rejects.toThrow(message)
  })
})
