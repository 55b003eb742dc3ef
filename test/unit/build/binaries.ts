import type { Platform } from '../../../src/oci/index.ts'

const machines: Record<string, [machine: number, is64: boolean, isBig: boolean]> = {
  '386': [3, false, false],
  amd64: [62, true, false],
  arm: [40, false, false],
  arm64: [183, true, false],
  loong64: [258, true, false],
  ppc64le: [21, true, false],
  riscv64: [243, true, false],
  s390x: [22, true, true],
}

/** The least that is an executable for a platform, written from the specifications of the formats. */
export function binaryFor({ os, architecture }: Platform, content = ''): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(512), Buffer.from(content)])
  if (os === 'darwin') {
    bytes.writeUInt32LE(0xfeedfacf, 0)
    bytes.writeUInt32LE(architecture === 'amd64' ? 0x01000007 : 0x0100000c, 4)
    bytes.writeUInt32LE(2, 12)
    return bytes
  }
  if (os === 'windows') {
    bytes.write('MZ', 0)
    bytes.writeUInt32LE(0x80, 0x3c)
    bytes.write('PE\0\0', 0x80)
    bytes.writeUInt16LE(architecture === 'amd64' ? 0x8664 : 0xaa64, 0x84)
    bytes.writeUInt16LE(0x20b, 0x98)
    return bytes
  }
  const [machine, is64, isBig] = machines[architecture] ?? [0, true, false]
  const half = (value: number, offset: number) =>
    isBig ? bytes.writeUInt16BE(value, offset) : bytes.writeUInt16LE(value, offset)
  const word = (value: number, offset: number) =>
    isBig ? bytes.writeUInt32BE(value, offset) : bytes.writeUInt32LE(value, offset)
  bytes.write('\x7fELF', 0, 'latin1')
  bytes.set([is64 ? 2 : 1, isBig ? 2 : 1, 1, os === 'freebsd' ? 9 : 0], 4)
  half(2, 16)
  half(machine, 18)
  // One program header of type PT_LOAD.
  const [table, entrySize, entries] = is64 ? [32, 54, 56] : [28, 42, 44]
  word(64, is64 && isBig ? table + 4 : table)
  half(56, entrySize)
  half(1, entries)
  word(1, 64)
  return bytes
}
