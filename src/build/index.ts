/** Go modules into binaries, archives and images, the same bytes every time. */
export { type Built, buildRelease } from './build.ts'
export { requireExecutable } from './executable.ts'
export type { BuildInput } from './observe.ts'
