import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UserError } from '../errors/index.ts'

/** Where paths that a user gives are looked for, and where they may lead. */
export interface PathContext {
  /** Absolute path. Relative paths are resolved against it. */
  readonly workspace: string
  /** Folders that a path must stay in, also by links; undefined lets a terminal user name any path. */
  readonly allowedRoots: readonly string[] | undefined
}

/**
 * The absolute path of what a user gave; nothing need be there yet.
 * @param what names the path in the message: `Input 'release'`
 * @throws UserError when it leads out of the allowed roots
 */
export function containedPath(text: string, { workspace, allowedRoots }: PathContext, what: string): string {
  const path = resolve(workspace, text)
  if (allowedRoots?.every((root) => !isInside(realPath(path), realPath(root)))) {
    throw new UserError(`${what} is outside the workspace: '${text}'`, {
      hint: 'Use a path below the workspace of the job.',
    })
  }
  return path
}

/** `resolvePath` of a step: what inputs of the type `path` are held to, for paths in lists and addresses. */
export const pathResolver =
  (context: PathContext) =>
  (text: string): string =>
    containedPath(text, context, 'A path')

// The path may not exist yet: its nearest existing ancestor decides where it really leads.
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const parent = dirname(path)
  return parent === path ? path : join(realPath(parent), relative(parent, path))
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path)
  return !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}
