import { auditMirrors, auditOutputs } from '../../src/mirrors/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => auditOutputs(await auditMirrors(input, step)))
