import { join } from 'node:path'
import { UserError } from '../runner/index.ts'

/** Which text of a tree belongs to what. */
export interface ManifestTree {
  readonly kind: 'images' | 'files'
  /** Sorted. */
  readonly projects: readonly TreeProject[]
  /** Manifests at another depth. */
  readonly misplaced: readonly UserError[]
  /** Names of texts that no manifest reads. */
  readonly unused: readonly string[]
}

export interface TreeProject {
  readonly project: string
  /** Name of the text with the registries or filestores. */
  readonly manifest: string
  /** Names of the texts with what is promoted: one of images, any number of files. */
  readonly parts: readonly string[]
}

const layouts = {
  images: { folder: 'manifests', manifest: 'promoter-manifest.yaml' },
  files: { folder: 'filestores', manifest: 'filepromoter-manifest.yaml' },
} as const

/**
 * Sorts the texts of a tree by project.
 * @param names paths below the root, sorted
 * @throws UserError when it is no tree of manifests, or one of both kinds
 */
export function readTree(names: readonly string[], root: string): ManifestTree {
  const images = manifestsOf('images', names)
  const files = manifestsOf('files', names)
  if (images.length > 0 && files.length > 0) {
    throw new UserError(`${root} has manifests of images and of files`, { hint: 'Keep them in two folders.' })
  }
  if (images.length + files.length === 0) {
    throw new UserError(`${root} is no tree of manifests`, {
      hint: 'It needs manifests/PROJECT/promoter-manifest.yaml and images/PROJECT/images.yaml.',
    })
  }
  const kind = files.length > 0 ? 'files' : 'images'
  const projects: TreeProject[] = []
  const misplaced: UserError[] = []
  for (const manifest of kind === 'files' ? files : images) {
    const [, project = '', ...deeper] = manifest.split('/')
    if (deeper.length === 1) projects.push({ project, manifest, parts: partsOf(kind, project, names) })
    else misplaced.push(misplacement(kind, join(root, manifest)))
  }
  const used = new Set(projects.flatMap(({ manifest, parts }) => [manifest, ...parts]))
  const unread = names.filter((name) => !(used.has(name) || isManifest(kind, name)))
  return { kind, projects, misplaced, unused: unread }
}

const isManifest = (kind: ManifestTree['kind'], name: string): boolean =>
  name.startsWith(`${layouts[kind].folder}/`) && name.endsWith(`/${layouts[kind].manifest}`)

const manifestsOf = (kind: ManifestTree['kind'], names: readonly string[]): string[] =>
  names.filter((name) => isManifest(kind, name))

function partsOf(kind: ManifestTree['kind'], project: string, names: readonly string[]): string[] {
  if (kind === 'images') return [`images/${project}/images.yaml`]
  return names.filter((name) => {
    const [folder, owner, ...file] = name.split('/')
    return folder === 'manifests' && owner === project && file.length === 1 && name.endsWith('.yaml')
  })
}

function misplacement(kind: ManifestTree['kind'], file: string): UserError {
  const { folder, manifest } = layouts[kind]
  return new UserError(`${file} is not where a manifest belongs`, {
    hint: `Put it at ${folder}/PROJECT/${manifest}.`,
    location: { file },
  })
}
