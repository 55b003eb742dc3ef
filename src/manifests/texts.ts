import { readdir, readFile, stat } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import { describeError, mapConcurrently, UserError } from '../runner/index.ts'

/**
 * The texts of a tree of manifests by their path below its root, with `/`, sorted, wherever they were read from; the one text
 * of a single file is at ''.
 */
export type ManifestTexts = ReadonlyMap<string, string>

/** The folders of a tree that can hold manifests. */
export const treeFolders = ['filestores', 'images', 'manifests'] as const

/** Whether a path below the root of a tree is read. */
export const isTreeText = (path: string): boolean =>
  /\.ya?ml$/.test(path) && treeFolders.some((folder) => path.startsWith(`${folder}/`))

/**
 * Reads the file or tree at a path; links are not followed.
 * @throws UserError when there is none
 */
export async function readManifestTexts(path: string): Promise<ManifestTexts> {
  const found = await stat(path).catch(() => undefined)
  if (!found) {
    throw new UserError(`No manifests at ${path}`, {
      hint: 'Name a manifest, or a folder with manifests/ and images/ or filestores/.',
    })
  }
  if (!found.isDirectory()) return new Map([['', await readText(path)]])
  const listed = await Promise.all(treeFolders.map((folder) => list(path, folder)))
  const paths = listed.flat().filter(isTreeText).sort()
  const texts = await mapConcurrently(paths, 16, (name) => readText(join(path, name)))
  return new Map(paths.map((name, index) => [name, texts[index] ?? '']))
}

async function list(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1).replaceAll(sep, '/'), entry.name))
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`, { location: { file: path } })
  }
}
