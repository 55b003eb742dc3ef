export { applyFiles, type FileOutcome } from './apply.ts'
export { observeFiles, type FileObservation } from './observe.ts'
export { type FileConflict, type FilePlan, planFiles } from './plan.ts'
export type { FileWish } from './wish.ts'
