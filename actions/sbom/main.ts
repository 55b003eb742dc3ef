import { action } from '../../src/runner/index.ts'
import { writeSboms } from '../../src/sbom/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => {
  const { releaseDigest = '', documents, changed } = await writeSboms(input, step)
  return { releaseDigest, documents, changed }
})
