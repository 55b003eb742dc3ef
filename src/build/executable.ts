import { open } from 'node:fs/promises'
import { formatPlatform, type Platform } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'

/** What the header of a binary says of it. `system` is undefined where the format leaves it open. */
export interface Executable {
  readonly format: 'ELF' | 'Mach-O' | 'PE'
  readonly bits: 32 | 64
  readonly endianness: 'little' | 'big'
  readonly machine: number
  /** ELF's EI_OSABI. */
  readonly abi?: number
  /** It names a dynamic loader (ELF's PT_INTERP). */
  readonly isDynamic?: boolean
}

type Expected = Omit<Executable, 'isDynamic'>

/** Machine numbers of ELF (e_machine), Mach-O (cputype) and PE (Machine) by GOARCH, with their class and byte order. */
const elf: Readonly<Record<string, readonly [machine: number, bits: 32 | 64, endianness: 'little' | 'big']>> = {
  '386': [3, 32, 'little'],
  amd64: [62, 64, 'little'],
  arm: [40, 32, 'little'],
  arm64: [183, 64, 'little'],
  loong64: [258, 64, 'little'],
  ppc64le: [21, 64, 'little'],
  riscv64: [243, 64, 'little'],
  s390x: [22, 64, 'big'],
}
const elfAbi: Readonly<Record<string, number>> = { linux: 0, freebsd: 9 }
const mach: Readonly<Record<string, number>> = { amd64: 0x01000007, arm64: 0x0100000c }
const pe: Readonly<Record<string, number>> = { amd64: 0x8664, arm64: 0xaa64 }

/**
 * Proves that a binary is what its name will claim: format, class, byte order and machine fit the platform, and
 * it needs no dynamic loader where the format can tell.
 * @throws UserError when it is anything else, or the platform is unknown
 */
export async function requireExecutable(path: string, platform: Platform): Promise<void> {
  const expected = expectedOf(platform)
  const found = await readExecutable(path)
  const differs = expected && found && differences(expected, found)
  if (differs?.length === 0) return
  const what = found ? `a binary for something else (${differs?.join(', ') || 'unknown platform'})` : 'no executable'
  throw new UserError(`${path} should be a binary for ${formatPlatform(platform)}, but is ${what}`, {
    hint: 'Do not release it; check the Go toolchain and the ldflags.',
  })
}

function expectedOf({ os, architecture }: Platform): Expected | undefined {
  const shape = elf[architecture]
  const abi = elfAbi[os]
  if (shape && abi !== undefined) return { format: 'ELF', machine: shape[0], bits: shape[1], endianness: shape[2], abi }
  const machine = { darwin: mach, windows: pe }[os]?.[architecture]
  if (machine === undefined) return undefined
  return { format: os === 'darwin' ? 'Mach-O' : 'PE', bits: 64, endianness: 'little', machine }
}

function differences(expected: Expected, found: Executable): string[] {
  const names = ['format', 'bits', 'endianness', 'machine', 'abi'] as const
  const wrong = names
    .filter((name) => found[name] !== expected[name])
    .map((name) => `${name} ${found[name]} instead of ${expected[name]}`)
  return found.isDynamic ? [...wrong, 'linked dynamically'] : wrong
}

/** Enough for every header and the program headers that follow it. */
const headerSize = 4096

/** Undefined for a file that is none of the formats, or is cut off in its header. */
export async function readExecutable(path: string): Promise<Executable | undefined> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerSize), 0, headerSize, 0)
    return parseExecutable(buffer.subarray(0, bytesRead))
  } catch (error) {
    // An offset in the header that leads out of it.
    if ((error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE') return undefined
    throw error
  } finally {
    await file.close()
  }
}

function parseExecutable(bytes: Buffer): Executable | undefined {
  if (bytes.length < 64) return undefined
  if (bytes.readUInt32BE(0) === 0x7f454c46) return parseElf(bytes)
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return parseMach(bytes)
  return bytes.readUInt16BE(0) === 0x4d5a ? parsePe(bytes) : undefined
}

// Source: System V gABI 4.1, "ELF Header": class at 4, data at 5, OSABI at 7, e_type at 16, e_machine at 18.
function parseElf(bytes: Buffer): Executable | undefined {
  const bits = { 1: 32, 2: 64 }[bytes.readUInt8(4)]
  const endianness = { 1: 'little', 2: 'big' }[bytes.readUInt8(5)]
  if ((bits !== 32 && bits !== 64) || (endianness !== 'little' && endianness !== 'big')) return undefined
  const half = (offset: number): number =>
    endianness === 'little' ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset)
  const word = (offset: number): number =>
    endianness === 'little' ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset)
  // ET_EXEC or ET_DYN (position-independent).
  if (half(16) !== 2 && half(16) !== 3) return undefined
  const long = (offset: number): number =>
    Number(endianness === 'little' ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset))
  const [tableOffset, entrySize, entries] =
    bits === 64 ? [long(32), half(54), half(56)] : [word(28), half(42), half(44)]
  const types = Array.from({ length: entries }, (_, index) => word(tableOffset + index * entrySize))
  const interpreter = 3
  return {
    format: 'ELF',
    bits,
    endianness,
    machine: half(18),
    abi: bytes.readUInt8(7),
    isDynamic: types.includes(interpreter),
  }
}

// Source: Apple, <mach-o/loader.h>, mach_header_64: cputype at 4, filetype at 12 (MH_EXECUTE is 2).
function parseMach(bytes: Buffer): Executable | undefined {
  if (bytes.readUInt32LE(12) !== 2) return undefined
  return { format: 'Mach-O', bits: 64, endianness: 'little', machine: bytes.readUInt32LE(4) }
}

// Source: Microsoft PE format: e_lfanew at 0x3c, then "PE\0\0", Machine, and the optional header's magic at 24.
function parsePe(bytes: Buffer): Executable | undefined {
  const start = bytes.readUInt32LE(0x3c)
  if (bytes.readUInt32BE(start) !== 0x50450000) return undefined
  const bits = { 267: 32, 523: 64 }[bytes.readUInt16LE(start + 24)]
  if (bits !== 32 && bits !== 64) return undefined
  return { format: 'PE', bits, endianness: 'little', machine: bytes.readUInt16LE(start + 4) }
}
