import type { ImageLocation } from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { openLayout } from './layout.ts'
import type { Repository } from './repository.ts'

export interface RepositoryOptions {
  /** Hosts to speak plain HTTP to; loopback always is. */
  readonly plainHttp?: readonly string[]
}

/** Opens the repository `name` below a location. Nothing is read or written yet. */
export function openRepository(location: ImageLocation, name: string, step: Step, _options: RepositoryOptions = {}): Repository {
  if (location.kind === 'layout') return openLayout(location.path, name)
  throw new UserError(`not written yet ${step.workspace}`)
}
