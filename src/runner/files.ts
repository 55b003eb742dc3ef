import { UserError } from '../errors/index.ts'
import type { Step } from './step.ts'

/**
 * Files that match glob patterns, sorted, absolute; `!` excludes, as in `actions/upload-artifact`.
 * @param root absolute; patterns are relative to it
 * @throws UserError when a pattern finds nothing, or a file that the step may not use
 */
export async function findFiles(
  patterns: readonly string[],
  step: Step,
  root: string = step.workspace,
): Promise<string[]> {
  const { glob } = await import('node:fs/promises')
  const { resolve } = await import('node:path')
  const { stat } = await import('node:fs/promises')
  const found = new Set<string>()
  const excluded = new Set<string>()
  for (const pattern of patterns) {
    const exclude = pattern.startsWith('!')
    const target = exclude ? excluded : found
    const before = target.size
    for await (const match of glob(exclude ? pattern.slice(1) : pattern, { cwd: root })) {
      const path = resolve(root, match)
      if ((await stat(path)).isFile()) target.add(path)
    }
    if (!exclude && target.size === before) {
      throw new UserError(`No file matches '${pattern}'`, { hint: `Patterns are relative to ${root}.` })
    }
  }
  const wanted = [...found].filter((path) => !excluded.has(path)).sort()
  return wanted.map((path) => step.resolvePath(path))
}
