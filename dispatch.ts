/** The one entry of the bundle: dist/<name>/index.js and dist/cli/index.js call `main` with their name. */
import { actions, definitions } from './actions/index.ts'
import { runOnGitHub } from './src/runner/index.ts'

export async function main(name: string): Promise<void> {
  if (name === 'cli') {
    const { runCommandLine } = await import('./src/cli/index.ts')
    process.exitCode = await runCommandLine(process.argv.slice(2), { actions, definitions })
    return
  }
  const load = actions[name]
  if (!load) throw new Error(`no action is called '${name}'`)
  await runOnGitHub(await load(), definitions)
}
