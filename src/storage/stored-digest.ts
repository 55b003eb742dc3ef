import { createHash } from 'node:crypto'
import type { Store } from './store.ts'

/** SHA-256 of what is stored there: as the store tells it, or of the bytes. */
export async function digestOfStored(store: Pick<Store, 'stat' | 'read'>, name: string): Promise<string | undefined> {
  const found = await store.stat(name)
  if (!found || found.sha256 !== undefined) return found?.sha256
  const hash = createHash('sha256')
  for await (const chunk of store.read(name)) hash.update(chunk)
  return hash.digest('hex')
}
