import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../schema/promotion-plan.schema.json' with { type: 'json' }
import { UserError } from '../runner/index.ts'
import type { PromotionPlan } from './plan.ts'

/** @throws UserError when the text is not a plan, by schema/promotion-plan.schema.json */
export function parsePlan(text: string, path: string): PromotionPlan {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UserError(`${path} is not a promotion plan: it is not JSON`)
  }
  const validate = new Ajv2020({ strict: true, strictRequired: false }).compile<PromotionPlan>(schema)
  if (validate(json)) return json
  const [error] = validate.errors ?? []
  throw new UserError(`${path} is not a promotion plan: ${error?.instancePath || 'the plan'} ${error?.message}`, {
    hint: 'A dry run of promote writes it.',
  })
}
