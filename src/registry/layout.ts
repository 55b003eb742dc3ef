import type { Repository } from './repository.ts'

/** The images called `name` in the OCI image layout at `path`, made at the first write; tags are `name:tag` in index.json. */
export function openLayout(path: string, name: string): Repository {
  throw new Error(`not written yet ${path} ${name}`)
}
