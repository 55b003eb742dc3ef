import type { Tag } from '../oci/index.ts'
import { openRepository, type Repository } from '../registry/index.ts'
import type { Step } from '../runner/index.ts'
import { formatPlace, type Place } from './wish.ts'

/** Each repository once, so that what was learnt of it is not asked for again. */
export interface Repositories {
  open(place: Place): Repository
  /** The tags of a repository when it was first asked. */
  tags(place: Place): Promise<ReadonlySet<Tag>>
}

export function openRepositories(step: Step, plainHttp: readonly string[]): Repositories {
  const opened = new Map<string, Repository>()
  const listed = new Map<string, Promise<ReadonlySet<Tag>>>()
  const open = (place: Place): Repository => {
    const key = formatPlace(place)
    const repository = opened.get(key) ?? openRepository(place.location, place.name, step, { plainHttp })
    opened.set(key, repository)
    return repository
  }
  return {
    open,
    tags(place) {
      const key = formatPlace(place)
      const tags =
        listed.get(key) ??
        open(place)
          .listTags()
          .then((found) => new Set(found))
      listed.set(key, tags)
      return tags
    },
  }
}
