export { applyFiles, type FileOutcome } from './apply.ts'
export { type FileObservation, observeFiles } from './observe.ts'
export { type FileConflict, type FilePlan, planFiles } from './plan.ts'
export type { FileWish } from './wish.ts'
