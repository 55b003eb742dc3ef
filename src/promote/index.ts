/**
 * Promotion: images with all their evidence, and files, from a release or a staging registry to where users get them.
 * Converges: what is missing is planned and brought, the tag of an image last; what is there already is left.
 */
export type { Conflict, ImageTransfer, PromotionPlan } from './plan.ts'
export { type PromotionOptions, type PromotionResult, promote } from './promote.ts'
