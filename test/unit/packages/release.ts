import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildPackagesInput, buildPackages } from '../../../src/packages/index.ts'
import {
  fileSubject,
  newRecord,
  openRelease,
  type Release,
  saveRelease,
  withSubjects,
} from '../../../src/release/index.ts'
import type { Step } from '../../../src/runner/index.ts'

export const commitTime = '2026-11-01T12:00:00Z'

/** A release whose binaries are not programs, but bytes that compress as programs do. */
export async function sampleRelease(
  directory: string,
  options: { version?: string; platforms?: readonly string[]; commands?: readonly string[] } = {},
): Promise<Release> {
  const {
    version = 'v1.2.3',
    platforms = ['linux/amd64', 'linux/arm/v7', 'darwin/arm64'],
    commands = ['hello'],
  } = options
  await mkdir(join(directory, 'files'), { recursive: true })
  let record = newRecord({
    project: 'hello',
    version,
    source: { repository: 'https://github.com/example/hello', commitTime, modified: false },
    build: { parameters: {}, dependencies: {} },
    subjects: [],
  })
  for (const command of commands) {
    for (const text of platforms) {
      const [os = '', architecture = '', variant] = text.split('/')
      const path = join(directory, 'files', `${command}-${os}-${architecture}${variant ?? ''}`)
      await writeFile(path, `${text} `.repeat(20_000), { mode: 0o755 })
      const platform = { os, architecture, ...(variant ? { variant } : {}) }
      const mediaType = 'application/octet-stream'
      record = withSubjects(record, [await fileSubject(directory, path, { role: 'binary', mediaType, platform })])
    }
  }
  return saveRelease(directory, record)
}

/** Builds the packages of a release with the inputs' defaults; the project is `project` below the release's parent. */
export async function build(directory: string, step: Step, input: Partial<BuildPackagesInput> = {}): Promise<Release> {
  const defaults: BuildPackagesInput = {
    packages: undefined,
    project: join(directory, '..', 'project'),
    formats: ['deb', 'rpm'],
    compression: undefined,
    openpgpKey: undefined,
    openpgpPassphrase: undefined,
    dryRun: false,
  }
  return (await buildPackages(await openRelease(directory), { ...defaults, ...input }, step)).release
}
