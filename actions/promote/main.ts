import { promote } from '../../src/promote/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => ({
  ...(await promote(
    {
      release: input.release,
      images: input.images,
      manifests: input.manifests,
      to: input.to,
      plainHttp: input.plainHttp,
      dryRun: input.dryRun,
    },
    step,
  )),
}))
