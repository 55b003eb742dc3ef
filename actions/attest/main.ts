import { attest } from '../../src/attest/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => {
  const { releaseDigest, attestations, changed } = await attest(input, step)
  return { releaseDigest, attestations, changed }
})
