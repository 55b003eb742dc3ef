import { action } from '../../src/runner/index.ts'
import { verify } from '../../src/verify/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => {
  const report = await verify(input, step)
  return { releaseDigest: report.release ?? '', report, verified: report.verified }
})
