/**
 * Verification: facts are gathered (observe.ts), then judged without effects (judge.ts), and reported. Nothing but the
 * report is written, and one check that fails never hides another.
 */

export type { Report } from './report.ts'
export type { Check, CheckName } from './verdict.ts'
export { type VerifyWishes, verify } from './verify.ts'
