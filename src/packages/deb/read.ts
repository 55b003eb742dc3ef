import { type FileHandle, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { extract } from 'tar-stream'
import { readArMembers } from '../../archive/index.ts'
import { describeError, runCommand, UserError } from '../../runner/index.ts'

/** Far above the control data of any package in use, so that a broken one cannot take the memory. */
const maximum = 16 << 20

/**
 * The control paragraph of a package, as it stands in its control archive, with a final newline.
 * @throws UserError when the file is no package, or is a broken one
 */
export async function readDeb(path: string): Promise<{ readonly control: string }> {
  const file = await open(path).catch((error: unknown) => {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  })
  try {
    return { control: await readControl(file) }
  } catch (error) {
    throw new UserError(`${path} is not a Debian package: ${(error as Error).message}`, {
      hint: 'It was cut off or changed; make the package again.',
      cause: error,
    })
  } finally {
    await file.close()
  }
}

async function readControl(file: FileHandle): Promise<string> {
  const [format, control] = await readArMembers(file)
  if (format?.name !== 'debian-binary' || !control?.name.startsWith('control.tar')) {
    throw new Error('its first members are not debian-binary and control.tar')
  }
  if (control.size > maximum) throw new Error('its control data is too large')
  const { buffer } = await file.read(Buffer.alloc(control.size), 0, control.size, control.offset)
  const content = await controlFile(await decompress(control.name.slice('control.tar'.length), buffer))
  const paragraph = content.replace(/^\n+|\s+$/g, '')
  if (!/^Package:/m.test(paragraph)) throw new Error('its control file names no package')
  return `${paragraph}\n`
}

async function decompress(suffix: string, bytes: Buffer): Promise<Buffer> {
  switch (suffix) {
    case '':
      return bytes
    case '.gz':
      return promisify(gunzip)(bytes, { maxOutputLength: maximum })
    case '.zst':
      return promisify(zstdDecompress)(bytes, { maxOutputLength: maximum })
    case '.xz':
      return decompressXz(bytes)
    default:
      throw new Error(`its control data is compressed as '${suffix}', which dpkg does not know`)
  }
}

// Node has no xz; `xz -d` of files keeps the bytes out of a text stream.
async function decompressXz(bytes: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'control-'))
  try {
    const path = join(folder, 'control.tar')
    await writeFile(`${path}.xz`, bytes)
    const { stdout } = await runCommand('xz', ['--robot', '--list', `${path}.xz`])
    const unpacked = Number(/^totals(?:\t[^\t]*){3}\t([0-9]+)/m.exec(stdout)?.[1] ?? Number.NaN)
    if (!(unpacked <= maximum)) throw new Error('its control data is too large')
    await runCommand('xz', ['--decompress', `${path}.xz`])
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function controlFile(tar: Buffer): Promise<string> {
  const archive = extract()
  archive.end(tar)
  for await (const entry of archive) {
    const { name, type } = entry.header
    const content = await text(entry)
    if (type === 'file' && /^(\.\/)?control$/.test(name)) return content
  }
  throw new Error('it has no control file')
}
