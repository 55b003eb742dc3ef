import { describe, test } from '@jest/globals'
import { findTool } from './program.ts'

export { tool, toolsPath } from './program.ts'

/** `describe` for tests that drive real programs: skipped, loudly, on a laptop without them; failing in CI. */
export function describeWith(programs: readonly string[], name: string, body: () => void): void {
  const missing = programs.filter((program) => !findTool(program))
  if (missing.length === 0) {
    describe(name, body)
    return
  }
  const reason = `needs ${missing.join(', ')}: run 'make tools'`
  if (process.env.CI) {
    test(name, () => {
      throw new Error(reason)
    })
    return
  }
  console.warn(`Skipped: ${name} (${reason})`)
  // biome-ignore lint/suspicious/noSkippedTests: CI fails above; a laptop may lack a tool.
  test.skip(`${name} (${reason})`, () => undefined)
}
