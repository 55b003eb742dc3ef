import { UserError } from '../runner/index.ts'
import type { PromotionPlan } from './plan.ts'
import type { Promotion } from './report.ts'
import type { PromotionWish } from './wish.ts'

/** Why a promotion is not complete; empty when it is. */
export function failuresOf(plan: PromotionPlan, promotion: Promotion | undefined, wish: PromotionWish): UserError[] {
  const conflicts = plan.conflicts
    .filter(({ kind }) => kind !== 'malformed')
    .map(({ item, message }) => new UserError(`${item}: ${message}`))
  const malformed = wish.malformed.map(
    ({ what, message, location }) => new UserError(`${what}: ${message}`, { location }),
  )
  const failed = [...(promotion?.images ?? []), ...(promotion?.files ?? [])].flatMap(({ failure }) => failure ?? [])
  const failures = [...malformed, ...conflicts, ...failed]
  const waiting = failures.length > 0 && promotion ? plan.markers.map(({ name }) => name) : []
  return waiting.length === 0
    ? failures
    : [...failures, new UserError(`${waiting.join(', ')}: not moved, as not everything is there`)]
}

/** What is newly there, as references and addresses. */
export function promotedBy(promotion: Promotion | undefined): string[] {
  const images = (promotion?.images ?? [])
    .filter(({ failure }) => !failure)
    .flatMap(({ promotion: { digest }, transfer: { tags }, destination }) =>
      tags.length === 0 ? `${destination}@${digest}` : tags.map((tag) => `${destination}:${tag}@${digest}`),
    )
  const files = (promotion?.files ?? [])
    .filter(({ failure }) => !failure)
    .map(({ file }) => `${file.destination}/${file.name}`)
  return [...images, ...files]
}
