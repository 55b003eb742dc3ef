import { formatLocation, type Location, UserError } from '../runner/index.ts'

/** What a policy may name only once, and where it did. */
export interface Claims {
  readonly vendors: Map<string, Location>
  readonly registries: Map<string, Location>
  readonly stores: Map<string, Location>
}

/** @throws UserError that names both places, when it is taken */
export function claim(taken: Map<string, Location>, key: string, location: Location, what: string): void {
  const first = taken.get(key)
  if (first) throw new UserError(`${what} is there twice`, { hint: `First at ${formatLocation(first)}.`, location })
  taken.set(key, location)
}
