import { lintManifests } from '../../src/manifests/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => ({ findings: await lintManifests(input, step) }))
