import { findFiles, type Step, UserError } from '../runner/index.ts'
import type { Target } from './target.ts'

const extension = '.sigstore.json'

/**
 * Files by globs, each to be signed beside itself. Bundles of an earlier run are no files to sign.
 * @throws UserError when a pattern finds nothing
 */
export async function fileTargets(patterns: readonly string[], step: Step): Promise<Target[]> {
  if (patterns.length === 0) return []
  const files = (await findFiles(patterns, step)).filter((path) => !path.endsWith(extension))
  if (files.length === 0)
    throw new UserError('Only Sigstore bundles match the files to sign, and they are signatures themselves')
  return files.map((path) => ({
    name: path,
    content: { kind: 'file', path, digest: undefined },
    place: { kind: 'beside', path: `${path}${extension}` },
  }))
}
