import { buildRelease } from '../../src/build/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, (input, step) => buildRelease(input, step))
