import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { runCommand } from '../../src/runner/index.ts'

const root = join(import.meta.dirname, '..', '..')
const files = readdirSync(join(root, 'actions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(root, 'actions', name, 'action.yml'))

// The parser imports JSON without an attribute, which Node wants; so it runs in a process of its own, with a hook.
const script = `
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context)
      return found.url.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found
    },
  })
  const { NoOperationTraceWriter } = await import('@actions/workflow-parser')
  const { parseAction } = await import('@actions/workflow-parser/actions/action-parser')
  let input = ''
  for await (const chunk of process.stdin) input += chunk
  const errors = JSON.parse(input).map(({ name, content }) =>
    parseAction({ name, content }, new NoOperationTraceWriter()).context.errors.getErrors().map((error) => error.message))
  console.log(JSON.stringify(errors))
`

const errorsOf = async (actions: { name: string; content: string }[]): Promise<string[][]> => {
  const options = { cwd: root, input: JSON.stringify(actions) }
  return JSON.parse((await runCommand(process.execPath, ['--input-type=module', '-e', script], options)).stdout)
}

test("GitHub's own parser accepts every action.yml, with the keys that are ours", async () => {
  const broken = { name: 'broken', content: 'name: x\nruns:\n  using: node99\n  main: x.js\n' }
  const actions = files.map((name) => ({ name, content: readFileSync(name, 'utf8') }))
  const errors = await errorsOf([...actions, broken])
  expect(errors.slice(0, -1)).toEqual(files.map(() => []))
  expect(errors.at(-1)).not.toEqual([])
})
