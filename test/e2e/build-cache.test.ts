import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { restoreCache } from '../../src/build/cache.ts'
import type { GoTool } from '../../src/build/go-tool.ts'
import { type RunnerServices, startRunnerServices } from '../runner/index.ts'
import { testStep } from '../step.ts'

let services: RunnerServices
let folder: string
let go: GoTool
const before = { ...process.env }

beforeAll(async () => {
  services = await startRunnerServices()
  folder = await mkdtemp(join(tmpdir(), 'build-cache-'))
  Object.assign(process.env, services.environment, { GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder })
  jest.spyOn(process.stdout, 'write').mockReturnValue(true) // the client speaks to a runner there
  go = {
    version: '1.26.8',
    moduleCache: join(folder, 'modules'),
    buildCache: join(folder, 'objects'),
    run: () => Promise.reject(new Error('not needed')),
  }
})
afterAll(async () => {
  jest.restoreAllMocks()
  process.env = before
  await services.close()
  await rm(folder, { recursive: true })
})

test('the caches of Go come back in the next job, also for other dependencies', async () => {
  const step = testStep({ onGitHub: true })
  const fill = async (text: string) => {
    for (const path of [go.moduleCache, go.buildCache]) {
      await mkdir(path, { recursive: true })
      await writeFile(join(path, 'entry'), text)
    }
  }
  const empty = async () => {
    for (const path of [go.moduleCache, go.buildCache]) await rm(path, { recursive: true, force: true })
  }
  await writeFile(join(folder, 'go.sum'), 'first')
  const save = await restoreCache(go, folder, step)
  await fill('made by the first job')
  await save()
  await empty()
  await (await restoreCache(go, folder, step))()
  expect(await readFile(join(go.moduleCache, 'entry'), 'utf8')).toBe('made by the first job')
  expect(await readFile(join(go.buildCache, 'entry'), 'utf8')).toBe('made by the first job')

  await empty()
  await writeFile(join(folder, 'go.sum'), 'second')
  await restoreCache(go, folder, step)
  expect(await readFile(join(go.buildCache, 'entry'), 'utf8')).toBe('made by the first job')
  expect(step.messages.map(({ message }) => message.replace(/-[0-9a-f]{64}$/, ''))).toEqual([
    'No caches to restore',
    expect.stringContaining('Caches restored: k8s-release-build-'),
    expect.stringContaining('Caches restored: k8s-release-build-'),
  ])
})

test('outside GitHub nothing is restored or saved', async () => {
  const step = testStep()
  await (await restoreCache(go, folder, step))()
  expect(step.messages).toEqual([{ kind: 'notice', message: expect.stringContaining('has no effect outside GitHub') }])
})
