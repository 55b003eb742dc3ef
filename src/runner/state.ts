import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * Folder of this user on this machine for what has to outlive a run, such as keys: `$XDG_STATE_HOME/k8s-release`.
 * Source: XDG Base Directory Specification.
 */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: state, HOME: home } = environment
  // The specification has relative paths ignored.
  const base = state && isAbsolute(state) ? state : join(home || homedir(), '.local', 'state')
  return join(base, 'k8s-release')
}

/** Text of a file that was kept; undefined where there is none. */
export async function readKept(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Text of a file that only this user can read; made the first time and never replaced. Where several processes make it
 * at once, all get the text of the first.
 */
export async function keepOnce(path: string, make: () => string | Promise<string>): Promise<string> {
  const kept = await readKept(path)
  if (kept !== undefined) return kept
  const content = await make()
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    // A link is made whole or not at all, and never over another.
    await link(temporary, path)
    return content
  } catch (error) {
    const winner = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await readKept(path) : undefined
    if (winner !== undefined) return winner
    throw error
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
