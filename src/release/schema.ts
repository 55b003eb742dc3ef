import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import schema from '../../schema/release.schema.json' with { type: 'json' }

let validate: ReturnType<Ajv2020['compile']> | undefined

/** What is wrong with a record, by schema/release.schema.json; undefined when it is valid. */
export function validateRecord(json: unknown): string | undefined {
  validate ??= new Ajv2020({ strict: true, strictRequired: false, discriminator: true }).compile(schema)
  return validate(json) ? undefined : (validate.errors ?? []).map(describe).join('; ')
}

const describe = (error: ErrorObject): string =>
  `${error.instancePath || 'the record'} ${error.message ?? 'is wrong'}${
    'additionalProperty' in error.params ? ` ('${error.params.additionalProperty}')` : ''
  }`
