import { basename, join } from 'node:path'
import { FailedItems, UserError } from '../runner/index.ts'
import { parseStrictYaml, type StrictYaml } from '../yaml/index.ts'
import { type FileManifest, parseFileManifest, parseFileManifestTree } from './file-manifest.ts'
import { type PromoterManifest, parsePlainManifest, parseThinManifest } from './image-manifest.ts'
import { parseReleaseConfigs, type ReleaseConfig } from './release-config.ts'
import { type ManifestTexts, readManifestTexts } from './texts.ts'
import { readTree, type TreeProject } from './tree.ts'

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
  const { manifests, failures } = parseManifests(await readManifestTexts(path), path)
  const [failure] = failures
  if (failure && failures.length === 1) throw failure.error
  if (failures.length > 0) {
    throw new FailedItems(
      'Manifests that cannot be read',
      failures.map(({ error }) => error),
    )
  }
  return manifests
}

/** The image manifests at a path. @throws UserError also when there are manifests of another kind */
export async function readImageManifests(path: string): Promise<readonly PromoterManifest[]> {
  const found = await readManifests(path)
  if (found.kind === 'images') return found.manifests
  throw new UserError(`${path} has no image manifests`, { hint: "They have 'registries' and 'images'." })
}

/** What could be read, and what kept something from it. */
export interface ParsedManifests {
  readonly manifests: Manifests
  readonly failures: readonly Failure[]
  /** Files of a tree that no manifest reads. */
  readonly unused: readonly string[]
}

/** The first mistake in a project; the other projects are read. */
export interface Failure {
  readonly project: string
  readonly error: UserError
}

/**
 * @param root what messages call the place of the texts
 * @throws UserError when the texts are no manifests at all
 */
export function parseManifests(texts: ManifestTexts, root: string): ParsedManifests {
  const single = texts.get('')
  if (single !== undefined) return parseSingle(single, root)
  const { kind, projects, misplaced, unused } = readTree([...texts.keys()], root)
  const parse = (name: string): StrictYaml => {
    const file = join(root, name)
    const text = texts.get(name)
    if (text === undefined) throw new UserError('there is no such file', { location: { file } })
    return parseStrictYaml(text, file)
  }
  const thin = ({ manifest, parts, project }: TreeProject): PromoterManifest =>
    parseThinManifest(parse(manifest), parse(parts[0] ?? ''), project)
  const files = ({ manifest, parts, project }: TreeProject): FileManifest =>
    parseFileManifestTree(parse(manifest), parts.map(parse), project)
  const failures: Failure[] = misplaced.map((error) => ({ project: '', error }))
  const manifests: Manifests =
    kind === 'images'
      ? { kind, manifests: collect(projects, thin, failures) }
      : { kind, manifests: collect(projects, files, failures) }
  return { manifests, failures, unused: unused.map((name) => join(root, name)) }
}

function parseSingle(text: string, file: string): ParsedManifests {
  const project = basename(file).replace(/\.ya?ml$/, '')
  const failures: Failure[] = []
  const [manifests] = collect([{ project }], () => parseText(parseStrictYaml(text, file), project), failures)
  return { manifests: manifests ?? { kind: 'images', manifests: [] }, failures, unused: [] }
}

function parseText(yaml: StrictYaml, project: string): Manifests {
  const keys = new Set(yaml.entries(yaml.root, 'the manifest').map(({ key }) => key))
  if (keys.has('releaseConfigs')) return { kind: 'releases', configs: parseReleaseConfigs(yaml) }
  if (keys.has('filestores') || keys.has('files')) {
    return { kind: 'files', manifests: [parseFileManifest(yaml, project)] }
  }
  return { kind: 'images', manifests: [parsePlainManifest(yaml, project)] }
}

/** A mistake in one project does not hide the others. */
function collect<Project extends { readonly project: string }, Item>(
  projects: readonly Project[],
  parse: (project: Project) => Item,
  failures: Failure[],
): Item[] {
  const items: Item[] = []
  for (const project of projects) {
    try {
      items.push(parse(project))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push({ project: project.project, error })
    }
  }
  return items
}
