import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Step } from '../../runner/index.ts'
import { type Content, copyContent, fileContent } from '../../storage/index.ts'
import type { FileTransfer } from './plan.ts'
import type { FileStores } from './stores.ts'

/**
 * Where files from afar lie while they are written to their destinations: fetched once and proven before the first byte goes
 * anywhere, then read by each destination at its own pace, and again where it has to be tried again.
 */
export interface Spool {
  /** @throws UserError when the source is not there or has other bytes, and what the work throws */
  withContent(file: FileTransfer, work: (content: Content) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export function openSpool(stores: FileStores, step: Step): Spool {
  let folder: Promise<string> | undefined
  let count = 0
  return {
    async withContent({ source: { address, name }, sha256, size }, work) {
      const source = stores.source(address)
      const content: Content = { from: `${address}/${name}`, sha256, size, open: () => source.read(name) }
      if (address.startsWith('file:')) return await work(content)
      folder ??= mkdtemp(join(step.environment.RUNNER_TEMP || tmpdir(), 'promote-'))
      const path = join(await folder, String(count++))
      try {
        await copyContent(content, path, step)
        await work(await fileContent(path, sha256))
      } finally {
        await rm(path, { force: true })
      }
    },
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true })
    },
  }
}
