import { basename, join } from 'node:path'
import { FailedItems, UserError } from '../runner/index.ts'
import { parseStrictYaml, type StrictYaml } from '../yaml/index.ts'
import { type FileManifest, parseFileManifest, parseFileManifestTree } from './file-manifest.ts'
import { type PromoterManifest, parsePlainManifest, parseThinManifest } from './image-manifest.ts'
import { parseReleaseConfigs, type ReleaseConfig } from './release-config.ts'
import { type ManifestTexts, readManifestTexts } from './texts.ts'

/** What lies at a path, told by its content. */
export type Manifests =
  | { readonly kind: 'images'; readonly manifests: readonly PromoterManifest[] }
  | { readonly kind: 'files'; readonly manifests: readonly FileManifest[] }
  | { readonly kind: 'releases'; readonly configs: readonly ReleaseConfig[] }

/**
 * The manifests at a path: a plain image manifest, a file manifest or a configuration of GitHub releases; or a folder with a
 * thin tree of image manifests (`manifests/<project>/promoter-manifest.yaml`, `images/<project>/images.yaml`) or of file
 * manifests (`filestores/<project>/filepromoter-manifest.yaml`, `manifests/<project>/*.yaml`), at exactly that depth.
 * @param path absolute
 * @throws UserError or FailedItems that name file, line and column of each mistake
 */
export async function readManifests(path: string): Promise<Manifests> {
  const { manifests, failures } = parseManifests(await readManifestTexts(path))
  const [failure] = failures
  if (failure && failures.length === 1) throw failure
  if (failures.length > 0) throw new FailedItems('Manifests that cannot be read', failures)
  return manifests
}

/** The image manifests at a path. @throws UserError also when there are manifests of another kind */
export async function readImageManifests(path: string): Promise<readonly PromoterManifest[]> {
  const found = await readManifests(path)
  if (found.kind === 'images') return found.manifests
  throw new UserError(`${path} has no image manifests`, { hint: "They have 'registries' and 'images'." })
}

/** What could be read, and each mistake that kept something from it. */
export interface ParsedManifests {
  readonly manifests: Manifests
  readonly failures: readonly UserError[]
}

/** @throws UserError when the texts are no manifests at all */
export function parseManifests({ root, texts }: ManifestTexts): ParsedManifests {
  const single = texts.get('')
  if (single !== undefined) return parseSingle(single, root)
  const names = [...texts.keys()]
  const thin = projectsOf(names, 'manifests', 'promoter-manifest.yaml', root)
  const files = projectsOf(names, 'filestores', 'filepromoter-manifest.yaml', root)
  if (thin.length > 0 && files.length > 0) {
    throw new UserError(`${root} has manifests of images and of files`, { hint: 'Keep them in two folders.' })
  }
  const parse = (name: string): StrictYaml => {
    const file = join(root, name)
    const text = texts.get(name)
    if (text === undefined) throw new UserError('there is no such file', { location: { file } })
    return parseStrictYaml(text, file)
  }
  if (files.length > 0) {
    const { found, failures } = collect(files, (project) => {
      const lists = names.filter((name) => isListOf(project, name))
      return parseFileManifestTree(parse(`filestores/${project}/filepromoter-manifest.yaml`), lists.map(parse), project)
    })
    return { manifests: { kind: 'files', manifests: found }, failures }
  }
  if (thin.length === 0) {
    throw new UserError(`${root} is no tree of manifests`, {
      hint: 'It needs manifests/PROJECT/promoter-manifest.yaml and images/PROJECT/images.yaml.',
    })
  }
  const { found, failures } = collect(thin, (project) =>
    parseThinManifest(
      parse(`manifests/${project}/promoter-manifest.yaml`),
      parse(`images/${project}/images.yaml`),
      project,
    ),
  )
  return { manifests: { kind: 'images', manifests: found }, failures }
}

function parseSingle(text: string, file: string): ParsedManifests {
  const project = basename(file).replace(/\.ya?ml$/, '')
  const failures: UserError[] = []
  try {
    const yaml = parseStrictYaml(text, file)
    const keys = new Set(yaml.entries(yaml.root, 'the manifest').map(({ key }) => key))
    if (keys.has('releaseConfigs')) {
      return { manifests: { kind: 'releases', configs: parseReleaseConfigs(yaml) }, failures }
    }
    if (keys.has('filestores') || keys.has('files')) {
      return { manifests: { kind: 'files', manifests: [parseFileManifest(yaml, project)] }, failures }
    }
    return { manifests: { kind: 'images', manifests: [parsePlainManifest(yaml, project)] }, failures }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { manifests: { kind: 'images', manifests: [] }, failures: [error] }
  }
}

const isListOf = (project: string, name: string): boolean =>
  name.startsWith(`manifests/${project}/`) && name.split('/').length === 3

/** A mistake in one project does not hide the others. */
function collect<Item>(
  projects: readonly string[],
  parse: (project: string) => Item,
): { found: Item[]; failures: UserError[] } {
  const found: Item[] = []
  const failures: UserError[] = []
  for (const project of projects) {
    try {
      found.push(parse(project))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  }
  return { found, failures }
}

/** The projects of a tree, sorted. @throws UserError when a manifest is not where it belongs */
function projectsOf(names: readonly string[], folder: string, manifest: string, root: string): string[] {
  return names
    .filter((name) => name.startsWith(`${folder}/`) && name.endsWith(`/${manifest}`))
    .map((name) => {
      const [project = '', ...deeper] = name.slice(folder.length + 1).split('/')
      if (deeper.length === 1) return project
      throw new UserError(`${join(root, name)} is not where a manifest belongs`, {
        hint: `Put it at ${folder}/PROJECT/${manifest}.`,
        location: { file: join(root, name) },
      })
    })
    .sort()
}
