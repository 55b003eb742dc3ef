import { resolve } from 'node:path'
import type { HttpClient } from '../src/http/index.ts'
import type { Block, Step } from '../src/runner/index.ts'

/** A step for tests: nothing is printed; what it was told is kept. */
export interface TestStep extends Step {
  readonly messages: { readonly kind: string; readonly message: string }[]
  readonly blocks: Block[]
  readonly secrets: string[]
}

export function testStep(overrides: Partial<Step> = {}): TestStep {
  const messages: TestStep['messages'] = []
  const blocks: Block[] = []
  const secrets: string[] = []
  const keep = (kind: string) => (message: string) => void messages.push({ kind, message })
  const workspace = overrides.workspace ?? process.cwd()
  const http: HttpClient = {
    request: ({ url }) => Promise.reject(new Error(`this test has no HTTP client: ${url}`)),
  }
  return {
    workspace,
    resolvePath: (text) => resolve(workspace, text),
    environment: {},
    onGitHub: false,
    signal: new AbortController().signal,
    now: () => new Date('2026-01-02T03:04:05Z'),
    http,
    log: {
      debug: keep('debug'),
      info: keep('info'),
      notice: keep('notice'),
      warning: keep('warning'),
      error: keep('error'),
    },
    group: (_, body) => body(),
    progress: () => ({ advance: () => undefined, done: () => undefined }),
    summary: (...added) => void blocks.push(...added),
    secret: (value) => {
      secrets.push(value)
      return value
    },
    identityToken: async () => undefined,
    ...overrides,
    messages,
    blocks,
    secrets,
  }
}
