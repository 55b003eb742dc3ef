import { type ByteSource, numbersIn } from './byte-source.ts'
import { type Executable, fileRegions } from './region.ts'

const dosHeaderSize = 64
const coffHeaderSize = 24
const sectionSize = 40
const widePe = 0x20b
const writable = 0x80000000

/**
 * Reads the sections of a Windows executable; undefined when the file only begins like one. Go's linker makes no section
 * for build info here. Source: Microsoft, "PE Format".
 * @throws UserError when its headers are malformed
 */
export async function readPortableExecutable(source: ByteSource): Promise<Executable | undefined> {
  if (source.size < dosHeaderSize) return undefined
  const start = numbersIn(await source.read(0, dosHeaderSize), 'little').u32(60)
  if (start + coffHeaderSize > source.size) return undefined
  const signed = await source.read(start, coffHeaderSize)
  if (signed.toString('latin1', 0, 4) !== 'PE\0\0') return undefined
  const header = numbersIn(signed, 'little')
  const optionalSize = header.u16(20)
  const optional = numbersIn(await source.read(start + coffHeaderSize, optionalSize), 'little')
  const imageBase = optionalSize === 0 ? 0 : optional.u16(0) === widePe ? optional.u64(24) : optional.u32(28)
  const count = header.u16(6)
  const table = numbersIn(await source.read(start + coffHeaderSize + optionalSize, count * sectionSize), 'little')
  const sections = Array.from({ length: count }, (_, index) => {
    const at = index * sectionSize
    return {
      address: imageBase + table.u32(at + 12),
      size: table.u32(at + 16),
      offset: table.u32(at + 20),
      writable: (table.u32(at + 36) & writable) !== 0,
    }
  })
  return { source, buildInfo: undefined, regions: fileRegions(source, sections) }
}
