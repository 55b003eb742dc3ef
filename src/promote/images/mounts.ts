import type { Digest } from '../../oci/index.ts'
import type { Repository } from '../../registry/index.ts'

/** Which repository of each host has a blob by now, so that the next one there takes it over instead of being sent it. */
export interface Mounts {
  /**
   * Sees to it that a repository has a blob: taken over from the source or from another repository of its host, else sent.
   * Those that ask at the same time wait for the first.
   */
  bring(
    digest: Digest,
    from: Repository,
    to: Repository,
    host: string,
    send: () => Promise<void>,
  ): Promise<'mounted' | 'sent'>
}

export function createMounts(): Mounts {
  const holders = new Map<string, Promise<Repository | undefined>>()
  return {
    async bring(digest, from, to, host, send) {
      const key = `${host} ${digest}`
      const before = holders.get(key)
      const work = async (): Promise<'mounted' | 'sent'> => {
        const holder = await before
        for (const candidate of [from, holder]) {
          if (candidate && candidate !== to && (await to.mountBlob(digest, candidate))) return 'mounted'
        }
        await send()
        return 'sent'
      }
      const brought = work()
      holders.set(
        key,
        brought.then(
          () => to,
          () => before,
        ),
      )
      return brought
    },
  }
}
