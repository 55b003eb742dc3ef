import { buildPackages } from '../../src/packages/index.ts'
import { fileSubjects, openRelease } from '../../src/release/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => {
  const { release, changed } = await buildPackages(await openRelease(input.release), input, step)
  return {
    releaseDigest: release.digest,
    packages: fileSubjects(release.record, 'package').map((subject) => subject.path),
    changed,
  }
})
