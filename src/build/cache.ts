import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Step } from '../runner/index.ts'
import type { GoTool } from './go-tool.ts'

/**
 * Restores the module and build cache of Go from GitHub's cache, and returns what saves them.
 * Off in a release: whoever can write the cache could write the binaries.
 */
export async function restoreCache(go: GoTool, project: string, step: Step): Promise<() => Promise<void>> {
  if (!step.onGitHub) {
    step.log.notice("'cache' has no effect outside GitHub: Go keeps its caches on this machine anyway")
    return async () => undefined
  }
  const cache = await import('@actions/cache')
  const sums = createHash('sha256')
  const path = join(project, 'go.sum')
  if (existsSync(path)) for await (const chunk of createReadStream(path)) sums.update(chunk)
  const prefix = `k8s-release-build-${process.platform}-${process.arch}-go${go.version}-`
  const key = `${prefix}${sums.digest('hex')}`
  const folders = [go.moduleCache, go.buildCache]
  const found = await cache.restoreCache(folders, key, [prefix])
  step.log.info(found ? `Caches restored: ${found}` : 'No caches to restore')
  return async () => {
    if (found !== key) await cache.saveCache(folders, key)
  }
}
