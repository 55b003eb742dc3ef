import { editManifest } from '../../src/manifest-edit/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => ({ ...(await editManifest(input, step)) }))
