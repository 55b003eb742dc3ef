import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../runner/index.ts'

/**
 * Writes a small file so that a reader sees the old bytes or the new ones, never a part of them.
 * @returns false when the file already held these bytes
 */
export async function atomicWrite(path: string, content: string | Uint8Array, mode = 0o644): Promise<boolean> {
  const bytes = Buffer.from(content)
  const existing = await readFile(path).catch(() => undefined)
  if (existing?.equals(bytes)) return false
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new UserError(`Cannot write ${path}: ${(error as Error).message}`, {
      hint: 'Check that the folder exists and is writable.',
      cause: error,
    })
  }
  return true
}
