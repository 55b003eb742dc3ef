/** The one entry of the bundle: dist/<name>/index.js and dist/cli/index.js call `main` with their name. */
import { actions, definitions } from './actions/index.ts'
import { runOnGitHub } from './src/runner/index.ts'

export async function main(name: string): Promise<void> {
  if (name === 'cli') {
    await import('./cli.ts')
    return
  }
  const load = actions[name]
  if (!load) throw new Error(`no action is called '${name}'`)
  await runOnGitHub(await load(), definitions)
}
