/** The services that a GitHub-hosted runner gives a job, for tests. */
export { type Claims, tagPushClaims } from './identity-provider.ts'
export { listen } from './listen.ts'
export { type RunnerServices, startRunnerServices } from './services.ts'
