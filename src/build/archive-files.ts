import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { findFiles, type Step, UserError } from '../runner/index.ts'

/** A file of the project that goes into every archive. */
export interface ArchiveFileSource {
  /** In the archive: relative to the project, with forward slashes. */
  readonly path: string
  /** Absolute. */
  readonly file: string
  readonly size: number
  readonly mode: number
}

/**
 * Files that patterns name, or the licences and readmes at the project's root.
 * @throws UserError when a pattern finds nothing, or a file that lies outside the repository
 */
export async function findArchiveFiles(
  project: string,
  root: string,
  patterns: readonly string[],
  step: Step,
): Promise<ArchiveFileSource[]> {
  const files = patterns.length > 0 ? await findFiles(patterns, step, project) : await usualFiles(project)
  return Promise.all(
    files.map(async (file) => {
      const real = await realpath(file)
      const path = relative(project, file).split(sep).join('/')
      if (path.startsWith('../') || !real.startsWith(join(root, sep))) {
        throw new UserError(`'archive-files' names a file outside the project: ${file}`)
      }
      const { size, mode } = await stat(real)
      return { path, file: real, size, mode: mode & 0o111 ? 0o755 : 0o644 }
    }),
  )
}

async function usualFiles(project: string): Promise<string[]> {
  const entries = await readdir(project, { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && /^(LICENSE|README)/.test(entry.name))
  return files.map((entry) => join(project, entry.name)).sort()
}
