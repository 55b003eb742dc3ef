import { UserError } from '../errors/index.ts'
import { type ByteSource, numbersIn, terminatedText } from './byte-source.ts'
import { type Executable, fileRegions, type LoadedRegion, type Region } from './region.ts'

const segmentCommand = 0x1
const segmentCommand64 = 0x19
const writable = 2
const zeroFill = 1
/** A Java class file begins with the same bytes, followed by its version, which is 45 or more. */
const mostSlices = 42

/**
 * Reads the segments and sections of a Mach-O file. Source: <mach-o/loader.h>.
 * @throws UserError when its load commands are malformed
 */
export async function readMachO(source: ByteSource): Promise<Executable> {
  const start = await source.read(0, 28)
  const order = start[0] === 0xfe ? 'big' : 'little'
  const header = numbersIn(start, order)
  const wide = (header.u32(0) & 1) === 1
  const bytes = await source.read(wide ? 32 : 28, header.u32(20))
  const segments: LoadedRegion[] = []
  let buildInfo: Region | undefined
  let at = 0
  for (let index = 0; index < header.u32(16); index++) {
    const command = numbersIn(bytes.subarray(at), order)
    const size = command.u32(4)
    if (size < 8) throw new UserError('a Mach-O load command is too small')
    const body = bytes.subarray(at, at + size)
    if ([segmentCommand, segmentCommand64].includes(command.u32(0))) {
      const fields = numbersIn(body, order)
      segments.push(
        wide
          ? {
              address: fields.u64(24),
              offset: fields.u64(40),
              size: fields.u64(48),
              writable: isWritable(fields.u32(60)),
            }
          : {
              address: fields.u32(24),
              offset: fields.u32(32),
              size: fields.u32(36),
              writable: isWritable(fields.u32(44)),
            },
      )
      buildInfo ??= sectionNamed('__go_buildinfo', body, wide, order)
    }
    at += size
  }
  return { source, buildInfo, regions: fileRegions(source, segments) }
}

const isWritable = (protection: number): boolean => (protection & writable) !== 0

function sectionNamed(name: string, segment: Buffer, wide: boolean, order: 'little' | 'big'): Region | undefined {
  const [start, width, countAt] = wide ? [72, 80, 64] : [56, 68, 48]
  const count = numbersIn(segment, order).u32(countAt)
  for (let index = 0; index < count; index++) {
    const bytes = segment.subarray(start + index * width, start + (index + 1) * width)
    const section = numbersIn(bytes, order)
    const flags = section.u32(wide ? 64 : 56)
    if (terminatedText(bytes.subarray(0, 16)) !== name || (flags & 0xff) === zeroFill) continue
    return wide
      ? { address: section.u64(32), size: section.u64(40), offset: section.u32(48) }
      : { address: section.u32(32), size: section.u32(36), offset: section.u32(40) }
  }
  return undefined
}

/**
 * The slices of a universal Mach-O file; none when the file is something else. Source: <mach-o/fat.h>.
 * @throws UserError when the header is cut off
 */
export async function fatSlices(source: ByteSource): Promise<{ readonly offset: number; readonly size: number }[]> {
  const header = numbersIn(await source.read(0, 8), 'big')
  const wide = header.u32(0) === 0xcafebabf
  const count = header.u32(4)
  if (count > mostSlices) return []
  const width = wide ? 32 : 20
  const slices = numbersIn(await source.read(8, count * width), 'big')
  return Array.from({ length: count }, (_, index) => {
    const at = index * width + 8
    return wide
      ? { offset: slices.u64(at), size: slices.u64(at + 8) }
      : { offset: slices.u32(at), size: slices.u32(at + 4) }
  })
}
