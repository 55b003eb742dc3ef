import { openRepository, type Repository } from '../registry/index.ts'
import type { Step } from '../runner/index.ts'
import { formatPlace, type Place } from './images/index.ts'

/** Each repository once, so that what was learnt of it is not asked for again. */
export interface Repositories {
  open(place: Place): Repository
}

export function openRepositories(step: Step, plainHttp: readonly string[]): Repositories {
  const opened = new Map<string, Repository>()
  return {
    open(place) {
      const key = formatPlace(place)
      const repository = opened.get(key) ?? openRepository(place.location, place.name, step, { plainHttp })
      opened.set(key, repository)
      return repository
    },
  }
}
