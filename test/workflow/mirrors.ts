import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { definitions } from '../../actions/index.ts'

const root = join(import.meta.dirname, '../..')

/** Where `uses:` of each kind leads in a test: `REPOSITORY@REF` to a folder. */
export type LocalActions = Readonly<Record<string, string>>

/**
 * Lays out every action the way its repository `k8s-release/<name>` has it, action.yml at the root and the bundle
 * below, from what this checkout has in dist/.
 */
export async function layOutActions(folder: string): Promise<LocalActions> {
  const actions: Record<string, string> = {}
  for (const { name } of definitions) {
    const target = join(folder, name)
    await mkdir(target, { recursive: true })
    await cp(join(root, 'dist'), join(target, 'dist'), { recursive: true })
    const description = await readFile(join(root, 'actions', name, 'action.yml'), 'utf8')
    await writeFile(join(target, 'action.yml'), description.replace('main: ../../dist/', 'main: dist/'))
    actions[`k8s-release/${name}@v1`] = target
  }
  return actions
}

/** What each action of others is in a test, where there is neither GitHub nor a cloud. */
const standIns: Readonly<Record<string, string>> = {
  'actions/upload-artifact': 'upload-artifact',
  'actions/download-artifact': 'download-artifact',
  'google-github-actions/auth': 'cloud-login',
  'aws-actions/configure-aws-credentials': 'cloud-login',
}

/** Stand-ins for the actions of others, at whatever commit a workflow pins them to. */
export function standInActions(workflow: string): LocalActions {
  const uses = [...workflow.matchAll(/uses: (([\w-]+\/[\w-]+)@\S+)/g)]
  return Object.fromEntries(
    uses.flatMap(([, use = '', repository = '']) => {
      const folder = standIns[repository]
      return folder === undefined ? [] : [[use, join(import.meta.dirname, folder)]]
    }),
  )
}
