import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError, FailedItems, UserError } from '../runner/index.ts'
import { type PromoterManifest, parsePlainManifest, parseThinManifest } from './manifest.ts'

/**
 * The promoter manifests at a path: one plain file, or a folder with a thin tree
 * (`manifests/<project>/promoter-manifest.yaml` and `images/<project>/images.yaml`, at exactly that depth).
 * @throws UserError or FailedItems that name file, line and column of each mistake
 */
export async function readManifests(path: string): Promise<PromoterManifest[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found)
    throw new UserError(`No manifests at ${path}`, {
      hint: 'Name a manifest, or a folder with manifests/ and images/.',
    })
  if (!found.isDirectory()) return [parsePlainManifest(await readText(path), path)]
  const projects = await thinProjects(path)
  const manifests: PromoterManifest[] = []
  const failures: Error[] = []
  for (const project of projects) {
    try {
      const file = join(path, 'manifests', project, thinName)
      const images = join(path, 'images', project, 'images.yaml')
      const [source, imagesSource] = await Promise.all([readText(file), readText(images)])
      manifests.push(parseThinManifest({ source, file }, { source: imagesSource, file: images }))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  }
  if (failures.length === 1 && failures[0]) throw failures[0]
  if (failures.length > 1) throw new FailedItems('Manifests that cannot be read', failures)
  return manifests
}

const thinName = 'promoter-manifest.yaml'

async function thinProjects(path: string): Promise<string[]> {
  const root = join(path, 'manifests')
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new UserError(`${path} is no tree of manifests: ${describeError(error)}`, {
      hint: `It needs manifests/PROJECT/${thinName} and images/PROJECT/images.yaml.`,
    })
  })
  const projects: string[] = []
  for (const entry of entries.filter(({ name }) => name === thinName)) {
    const [project = '', ...deeper] = entry.parentPath.slice(root.length + 1).split(/[\\/]/)
    if (project === '' || deeper.length > 0) {
      throw new UserError(`${join(entry.parentPath, thinName)} is not where a manifest belongs`, {
        hint: `Put it at manifests/PROJECT/${thinName}.`,
        location: { file: join(entry.parentPath, thinName) },
      })
    }
    projects.push(project)
  }
  if (projects.length === 0) throw new UserError(`No ${thinName} below ${root}`)
  return projects.sort()
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`, { location: { file: path } })
  }
}
