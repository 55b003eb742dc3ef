import { createHttpClient } from '../../src/http/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { type TestStep, testStep } from '../step.ts'
import { fastClock } from '../unit/http/server.ts'

/** A step with an HTTP client whose waits take no time. */
export const promotionStep = (workspace: string, overrides: Parameters<typeof testStep>[0] = {}): TestStep =>
  testStep({
    workspace,
    http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }),
    ...overrides,
  })

export const repositoryAt = (host: string, name: string): Repository =>
  openRepository({ kind: 'registry', host, prefix: '' }, name, promotionStep('/nonexistent'))
