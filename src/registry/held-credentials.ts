import { isDeepStrictEqual } from 'node:util'
import type { Step } from '../runner/index.ts'
import { type Credentials, findCredentials } from './credentials.ts'

/** The credentials of one registry host for as long as a step goes on, which may be longer than they last. */
export interface HeldCredentials {
  /** Found at the first call, and again when they are about to end. @throws as findCredentials; the next call looks again */
  current(): Promise<Credentials | undefined>
  /** Others than those that the host refused: a helper or a cloud may have new ones by now. Undefined when it has not. */
  insteadOf(refused: Credentials | undefined): Promise<Credentials | undefined>
}

export function holdCredentials(host: string, step: Step): HeldCredentials {
  let held: { readonly credentials: Credentials | undefined } | undefined
  let search: Promise<Credentials | undefined> | undefined

  // All who need them at once share one search, as a helper is a process and a cloud has a quota.
  const find = (): Promise<Credentials | undefined> => {
    search ??= findCredentials(host, step)
      .then((credentials) => {
        held = { credentials }
        return credentials
      })
      .finally(() => {
        search = undefined
      })
    return search
  }

  return {
    async current() {
      return held && !isStale(held.credentials, step) ? held.credentials : find()
    },
    async insteadOf(refused) {
      const replaced = held && !isDeepStrictEqual(held.credentials, refused)
      const found = replaced ? held?.credentials : await find()
      return isDeepStrictEqual(found, refused) ? undefined : found
    },
  }
}

/** Half a minute before its end a token is as good as expired. */
const isStale = (credentials: Credentials | undefined, step: Step): boolean =>
  credentials?.kind === 'basic' &&
  credentials.expires !== undefined &&
  credentials.expires - 30_000 < step.now().getTime()
