import { describeError, UserError } from '../errors/index.ts'
import { type BuildInfo, parseBuildInfo } from './build-info.ts'
import { type ByteSource, withFile } from './byte-source.ts'
import { readExecutables } from './executable.ts'
import type { Executable, Region } from './region.ts'

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const headerSize = 32
/** The linker aligns the header, so that it never lies across two chunks. */
const alignment = 16
const chunkSize = 1 << 20
/** A file can be made of nothing but magics; a real one has a handful (this program's like, which hold it as a string). */
const mostCandidates = 64
const inlineStrings = 2
const bigEndian = 1
/** Before and after the text about modules, so that tools can find it in a running process. */
const sentinelSize = 16
const longestVarint = 10

/**
 * The build info of a Go binary at a path; undefined when the file is none. Only headers and the build info are read.
 * @throws UserError when there is no such file, or `findBuildInfo` does
 */
export function readBuildInfo(path: string): Promise<BuildInfo | undefined> {
  return withFile(path, async (source) => {
    try {
      return await findBuildInfo(source)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      throw new UserError(`Cannot read the Go build info of ${path}: ${describeError(error)}`, { cause: error })
    }
  })
}

/**
 * The build info of a Go binary (ELF, Mach-O, universal Mach-O, PE); undefined for any other file. The slices of a
 * universal binary are read together: their modules are united, the settings are of the first.
 * @throws UserError when the file is an executable with malformed headers, or Go's with malformed build info
 */
export async function findBuildInfo(source: ByteSource): Promise<BuildInfo | undefined> {
  const found: BuildInfo[] = []
  for (const executable of await readExecutables(source)) {
    const info = executable.buildInfo ? await readSection(executable, executable.buildInfo) : await scan(executable)
    if (info) found.push(info)
  }
  return found.reduce<BuildInfo | undefined>((first, next) => (first ? unite(first, next) : next), undefined)
}

function unite(first: BuildInfo, next: BuildInfo): BuildInfo {
  const known = new Set(first.dependencies.map((module) => JSON.stringify(module)))
  const added = next.dependencies.filter((module) => !known.has(JSON.stringify(module)))
  return { ...first, dependencies: [...first.dependencies, ...added] }
}

async function readSection(executable: Executable, section: Region): Promise<BuildInfo> {
  for await (const at of candidates(executable.source, section)) {
    const info = await decode(executable, section, at)
    if (info) return info
  }
  throw new UserError('its Go build info is malformed', {
    hint: 'The file is damaged, or a position-independent binary of Go before 1.18; build it again.',
  })
}

async function scan(executable: Executable): Promise<BuildInfo | undefined> {
  let scanned = 0
  for (const region of executable.regions) {
    scanned += region.size
    if (scanned > 2 * executable.source.size) throw new UserError('its segments overlap')
    for await (const at of candidates(executable.source, region)) {
      const info = await decode(executable, region, at)
      if (info) return info
    }
  }
  return undefined
}

/** Offsets in a region at which build info may begin. */
async function* candidates(source: ByteSource, region: Region): AsyncGenerator<number> {
  let tried = 0
  const first = (alignment - (region.address % alignment)) % alignment
  for (let start = first; start + headerSize <= region.size; start += chunkSize) {
    const chunk = await source.read(region.offset + start, Math.min(chunkSize, region.size - start))
    for (let at = chunk.indexOf(magic); at >= 0; at = chunk.indexOf(magic, at + 1)) {
      if (at % alignment !== 0 || start + at + headerSize > region.size) continue
      if (++tried > mostCandidates) throw new UserError('it has too many marks of Go build info')
      yield start + at
    }
  }
}

/** Undefined when what follows the magic is no build info. @throws UserError when only its modules are malformed */
async function decode(executable: Executable, region: Region, at: number): Promise<BuildInfo | undefined> {
  const header = await executable.source.read(region.offset + at, headerSize)
  const strings =
    ((header[15] ?? 0) & inlineStrings) !== 0
      ? await inlineText(executable.source, region, at + headerSize)
      : await pointedText(executable, header)
  const goVersion = strings?.[0].toString('utf8') ?? ''
  if (!strings || !/^(go[0-9]|devel )/.test(goVersion)) return undefined
  return parseBuildInfo(goVersion, withoutSentinels(strings[1]).toString('utf8'))
}

/** Go 1.18 and later: both strings follow the header, each after its length as a varint. */
async function inlineText(source: ByteSource, region: Region, start: number): Promise<[Buffer, Buffer] | undefined> {
  const version = await lengthPrefixed(source, region, start)
  const modules = version && (await lengthPrefixed(source, region, version.end))
  return modules && [version.bytes, modules.bytes]
}

async function lengthPrefixed(source: ByteSource, region: Region, at: number) {
  if (at >= region.size) return undefined
  const prefix = await source.read(region.offset + at, Math.min(longestVarint, region.size - at))
  let length = 0
  for (let index = 0; index < prefix.length; index++) {
    const byte = prefix[index] ?? 0
    length += (byte & 0x7f) * 2 ** (7 * index)
    if (byte >= 0x80) continue
    const start = at + index + 1
    if (start + length > region.size) return undefined
    return { bytes: await source.read(region.offset + start, length), end: start + length }
  }
  return undefined
}

/** Before Go 1.18: the header points to the two string headers, each an address and a length. */
async function pointedText(executable: Executable, header: Buffer): Promise<[Buffer, Buffer] | undefined> {
  const width = header[14]
  if (width !== 4 && width !== 8) return undefined
  const word = (bytes: Buffer, index: number): number => {
    const digits = bytes.subarray(index * width, (index + 1) * width)
    const ordered = ((header[15] ?? 0) & bigEndian) !== 0 ? digits : Buffer.from(digits).reverse()
    return Number(BigInt(`0x${ordered.toString('hex')}`))
  }
  const stringAt = async (address: number): Promise<Buffer | undefined> => {
    const pair = await readAddress(executable, address, 2 * width)
    return pair && readAddress(executable, word(pair, 0), word(pair, 1))
  }
  const pointers = header.subarray(16)
  const version = await stringAt(word(pointers, 0))
  // Without modules the second pointer is zero.
  return version && [version, (await stringAt(word(pointers, 1))) ?? Buffer.alloc(0)]
}

async function readAddress(executable: Executable, address: number, length: number): Promise<Buffer | undefined> {
  const region = executable.regions.find(
    (each) => address >= each.address && address + length <= each.address + each.size,
  )
  return region && executable.source.read(region.offset + address - region.address, length)
}

function withoutSentinels(modules: Buffer): Buffer {
  const framed = modules.length > 2 * sentinelSize && modules[modules.length - sentinelSize - 1] === 0x0a
  return framed ? modules.subarray(sentinelSize, -sentinelSize) : Buffer.alloc(0)
}
