import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import schema from '../../schema/promotion-report.schema.json' with { type: 'json' }
import type { PromotionReport } from '../promote/index.ts'

/** Holds JSON to schema/promotion-report.schema.json. */
export function validateReport(json: unknown): { readonly report: PromotionReport } | { readonly mistake: string } {
  const validate = new Ajv2020({ strict: true }).compile<PromotionReport>(schema)
  if (validate(json)) return { report: json }
  return { mistake: (validate.errors ?? []).map(describe).join('; ') }
}

const describe = ({ instancePath, message }: ErrorObject): string => `${instancePath || '/'} ${message ?? 'is wrong'}`
