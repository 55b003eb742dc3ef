import { action } from '../../src/runner/index.ts'
import { sign } from '../../src/sign/index.ts'
import { definition } from './definition.ts'

export default action(definition, sign)
