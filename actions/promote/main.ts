import { promote } from '../../src/promote/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, promote)
