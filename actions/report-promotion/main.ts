import { countPromoted, reportPromotion } from '../../src/promotion-report/index.ts'
import { action } from '../../src/runner/index.ts'
import { definition } from './definition.ts'

export default action(definition, async (input, step) => ({
  promoted: countPromoted(await reportPromotion(input, step)),
  complete: true,
}))
