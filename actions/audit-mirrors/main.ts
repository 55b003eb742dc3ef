import { auditMirrors } from '../../src/mirrors/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => {
  const report = await auditMirrors(input, step)
  return { report, findings: report.findings.length, passed: report.passed }
})
