import { publishPackages } from '../../src/repositories/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => {
  const published = await publishPackages(input, step)
  return {
    releaseDigest: published.release.digest,
    repositories: published.repositories,
    changed: published.changed,
  }
})
