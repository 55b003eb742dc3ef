import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Sums what jest wrote for each project. Fails when a project did not run, something failed, or CI skipped a test.
const results = join(import.meta.dirname, '../build/test-results')

interface Counts {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly numRuntimeErrorTestSuites: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

let passed = 0
let failed = 0
let skipped = 0
for (const project of ['unit', 'integration', 'contract', 'e2e']) {
  const path = join(results, `${project}.json`)
  if (!existsSync(path)) {
    console.log(`${project.padEnd(12)} did not run`)
    process.exitCode = 1
    continue
  }
  const counts = JSON.parse(readFileSync(path, 'utf8')) as Counts
  // A suite that can't be loaded has no tests that could fail.
  const broken = counts.numFailedTests + counts.numRuntimeErrorTestSuites
  const pending = counts.numPendingTests + counts.numTodoTests
  console.log(`${project.padEnd(12)} ${counts.numPassedTests} passed, ${broken} failed, ${pending} skipped`)
  passed += counts.numPassedTests
  failed += broken
  skipped += pending
  if (counts.numFailedTestSuites > 0) process.exitCode = 1
}
if (failed > 0 || passed === 0 || (skipped > 0 && process.env.CI)) process.exitCode = 1
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
