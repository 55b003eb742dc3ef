import { glob, readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { PromotionReport } from '../promote/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { validateReport } from './schema.ts'

/** A report and the file it was read from, as the user would write it. */
export interface ReportFile {
  readonly path: string
  readonly report: PromotionReport
}

/**
 * The reports that match glob patterns, in the order of their paths. None is an answer, too: which shards are missing, the
 * plan says.
 * @throws UserError for a file that is no report, or may not be read in this step
 */
export async function readReports(patterns: readonly string[], step: Step): Promise<ReportFile[]> {
  const paths = new Set<string>()
  for (const pattern of patterns) {
    for await (const match of glob(pattern, { cwd: step.workspace })) paths.add(step.resolvePath(match))
  }
  return await Promise.all([...paths].sort().map((path) => readReport(path, relative(step.workspace, path))))
}

async function readReport(file: string, path: string): Promise<ReportFile> {
  const wrong = (what: string, hint: string): UserError =>
    new UserError(`${path} ${what}`, { hint, location: { file: path } })
  const hint = "Name the files that 'promote' wrote by its input 'report'."
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw wrong(`cannot be read as JSON: ${describeError(error)}`, hint)
  }
  const found = validateReport(json)
  if ('report' in found) return { path, report: found.report }
  throw wrong(`is not a promotion report: ${found.mistake}`, hint)
}
