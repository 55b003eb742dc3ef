import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { ManifestSource, NamedText } from '../manifests/index.ts'
import { type Step, UserError } from '../runner/index.ts'

/** The text at a path; undefined when no file is there. */
export type ReadText = (path: string) => Promise<string | undefined>

/**
 * The manifest of a project in the tree at a path, or the plain manifest there.
 * @throws UserError when there is none
 */
export async function readSource(path: string, project: string | undefined, read: ReadText): Promise<ManifestSource> {
  if (project === undefined) return { project: '', manifest: await readNamed(path, read) }
  const manifest = await readNamed(join(path, 'manifests', project, 'promoter-manifest.yaml'), read)
  // A project that promotes nothing yet need not have a list.
  const file = join(path, 'images', project, 'images.yaml')
  return { project, manifest, images: { file, text: (await read(file)) ?? '' } }
}

async function readNamed(file: string, read: ReadText): Promise<NamedText> {
  const text = await read(file)
  if (text !== undefined) return { file, text }
  throw new UserError(`${file} is not the file of a manifest`, {
    hint: "Name a plain manifest by 'manifests', or a tree by 'manifests' and its part by 'project'.",
  })
}

/** Of the checkout, which no file may leave by a link. */
export const readLocalText =
  (step: Step): ReadText =>
  (path) =>
    readFile(step.resolvePath(path), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return undefined
      throw new UserError(`Cannot read ${path}: ${error.message}`, { location: { file: path } })
    })

/** The path below the workspace, as messages and annotations on GitHub have it; as it is where it is elsewhere. */
export function pathInWorkspace(path: string, { workspace }: Step): string {
  const way = relative(workspace, path)
  return way.startsWith('..') ? path : way || '.'
}
