import { UserError } from '../errors/index.ts'
import { type ByteSource, type Numbers, numbersIn, terminatedText } from './byte-source.ts'
import { type Executable, fileRegions, type LoadedRegion, type Region } from './region.ts'

interface Table {
  readonly offset: number
  readonly entrySize: number
  readonly count: number
}

const loadSegment = 1
const writableSegment = 2
const sectionWithoutBytes = 8
const nameIndexElsewhere = 0xffff

/**
 * Reads the program and section headers of an ELF file. Source: System V ABI, chapters 4 and 5.
 * @throws UserError when they are malformed
 */
export async function readElf(source: ByteSource): Promise<Executable> {
  const identification = await source.read(0, 16)
  const wide = identification[4] === 2
  const order = identification[5] === 2 ? 'big' : 'little'
  if (identification[4] !== 1 && !wide) throw new UserError('its ELF class is neither 32 nor 64 bit')
  const header = numbersIn(await source.read(0, wide ? 64 : 52), order)
  const [programs, sections]: [Table, Table] = wide
    ? [
        { offset: header.u64(32), entrySize: header.u16(54), count: header.u16(56) },
        { offset: header.u64(40), entrySize: header.u16(58), count: header.u16(60) },
      ]
    : [
        { offset: header.u32(28), entrySize: header.u16(42), count: header.u16(44) },
        { offset: header.u32(32), entrySize: header.u16(46), count: header.u16(48) },
      ]
  const read = { source, wide, order } as const
  const loaded = (await readTable(read, programs, wide ? 56 : 32)).flatMap((entry) => loadedSegment(entry, wide))
  return {
    source,
    buildInfo: await namedSection(read, sections, header.u16(wide ? 62 : 50), '.go.buildinfo'),
    regions: fileRegions(source, loaded),
  }
}

interface Reading {
  readonly source: ByteSource
  readonly wide: boolean
  readonly order: 'little' | 'big'
}

async function readTable({ source, order }: Reading, table: Table, smallestEntry: number): Promise<Numbers[]> {
  if (table.offset === 0 || table.count === 0) return []
  if (table.entrySize < smallestEntry) throw new UserError('an ELF header table has entries that are too small')
  const bytes = await source.read(table.offset, table.entrySize * table.count)
  return Array.from({ length: table.count }, (_, index) =>
    numbersIn(bytes.subarray(index * table.entrySize, (index + 1) * table.entrySize), order),
  )
}

function loadedSegment(entry: Numbers, wide: boolean): LoadedRegion[] {
  if (entry.u32(0) !== loadSegment) return []
  return wide
    ? [{ offset: entry.u64(8), address: entry.u64(16), size: entry.u64(32), writable: isWritable(entry.u32(4)) }]
    : [{ offset: entry.u32(4), address: entry.u32(8), size: entry.u32(16), writable: isWritable(entry.u32(24)) }]
}

const isWritable = (flags: number): boolean => (flags & writableSegment) !== 0

async function namedSection(read: Reading, table: Table, nameIndex: number, name: string): Promise<Region | undefined> {
  if (table.offset === 0) return undefined
  const smallest = read.wide ? 64 : 40
  // With 65280 sections or more, count and index of the names stand in the first section.
  const [first] = await readTable(read, { ...table, count: 1 }, smallest)
  if (!first) return undefined
  const count = table.count === 0 ? regionOf(first, read.wide).size : table.count
  const index = nameIndex === nameIndexElsewhere ? first.u32(read.wide ? 40 : 24) : nameIndex
  const entries = await readTable(read, { ...table, count }, smallest)
  const namesEntry = entries[index]
  if (index === 0 || namesEntry === undefined) return undefined
  const { offset, size } = regionOf(namesEntry, read.wide)
  const names = await read.source.read(offset, size)
  const found = entries.find(
    (entry) => entry.u32(4) !== sectionWithoutBytes && terminatedText(names.subarray(entry.u32(0))) === name,
  )
  return found && regionOf(found, read.wide)
}

const regionOf = (section: Numbers, wide: boolean): Region =>
  wide
    ? { address: section.u64(16), offset: section.u64(24), size: section.u64(32) }
    : { address: section.u32(12), offset: section.u32(16), size: section.u32(20) }
