import { type ByteSource, partOf } from './byte-source.ts'
import { readElf } from './elf.ts'
import { fatSlices, readMachO } from './mach-o.ts'
import { readPortableExecutable } from './portable-executable.ts'
import type { Executable } from './region.ts'

type Format = 'elf' | 'mach-o' | 'fat mach-o' | 'portable executable'

/** The format that the first four bytes claim; undefined when they are of no executable. */
export function executableFormat(start: Uint8Array): Format | undefined {
  const magic = Buffer.from(start.subarray(0, 4)).toString('hex')
  if (magic === '7f454c46') return 'elf'
  if (['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe'].includes(magic)) return 'mach-o'
  if (['cafebabe', 'cafebabf'].includes(magic)) return 'fat mach-o'
  return magic.startsWith('4d5a') ? 'portable executable' : undefined
}

/**
 * Reads the headers of an executable: one for each slice of a universal Mach-O file, none for any other file.
 * @throws UserError when they are malformed
 */
export async function readExecutables(source: ByteSource): Promise<readonly Executable[]> {
  if (source.size < 4) return []
  switch (executableFormat(await source.read(0, 4))) {
    case 'elf':
      return [await readElf(source)]
    case 'mach-o':
      return [await readMachO(source)]
    case 'fat mach-o': {
      const executables: Executable[] = []
      for (const { offset, size } of await fatSlices(source)) {
        const slice = partOf(source, offset, size)
        if (size >= 4 && executableFormat(await slice.read(0, 4)) === 'mach-o') executables.push(await readMachO(slice))
      }
      return executables
    }
    case 'portable executable': {
      const executable = await readPortableExecutable(source)
      return executable ? [executable] : []
    }
    case undefined:
      return []
  }
}
