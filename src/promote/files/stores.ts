import type { Step } from '../../runner/index.ts'
import { openStore, type Store } from '../../storage/index.ts'
import { isGitHubRelease, openGitHubRelease } from './github-release.ts'
import type { Source } from './source.ts'

/** The stores of a promotion, each opened once. */
export interface FileStores {
  /** @throws UserError when the address is none */
  destination(address: string): Store
  /** @throws UserError when the address is none */
  source(address: string): Source
}

/** @param githubToken to read releases with; GITHUB_TOKEN where absent, else anonymous */
export function openFileStores(step: Step, githubToken?: string): FileStores {
  const stores = new Map<string, Store>()
  const releases = new Map<string, Source>()
  const destination = (address: string): Store => {
    const store = stores.get(address) ?? openStore(address, step)
    stores.set(address, store)
    return store
  }
  return {
    destination,
    source(address) {
      if (!isGitHubRelease(address)) return destination(address)
      const release = releases.get(address) ?? openGitHubRelease(address, githubToken, step)
      releases.set(address, release)
      return release
    },
  }
}
