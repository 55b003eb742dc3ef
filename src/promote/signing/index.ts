/** What a promotion signs itself: signatures by the identity of the destination, and one statement of what was promoted. */

export { type AttachmentContext, attachSigned, statementMaker } from './attach.ts'
export { observeSigned, type SignedObservation } from './observe.ts'
export { promotedImages, promotionType } from './predicate.ts'
export { type SignedStatements, signPlanned } from './sign-planned.ts'
export { openPromotionSigning, type PromotionSigning } from './signing.ts'
