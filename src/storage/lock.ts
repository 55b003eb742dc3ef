import { mkdir, rmdir, stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds after which a lock was left behind by a process that was killed; it is held for a read and a rename. */
const abandonedAfter = 10_000

/** Does the work while no other process does work under the same path, a folder that stands for the lock. */
export async function holdingLock<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  while (!(await take(path))) {
    const taken = await stat(path).catch(() => undefined)
    if (taken && Date.now() - taken.mtimeMs > abandonedAfter) await rmdir(path).catch(() => undefined)
    else await setTimeout(5 + Math.random() * 20, undefined, { signal })
  }
  try {
    return await work()
  } finally {
    await rmdir(path).catch(() => undefined)
  }
}

const take = (path: string): Promise<boolean> =>
  mkdir(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
