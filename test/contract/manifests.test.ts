import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { definitions } from '../../actions/index.ts'
import { createHttpClient } from '../../src/http/index.ts'
import { openRepository } from '../../src/registry/index.ts'
import { startFakeGitHub } from '../github/fake-github.ts'
import { testStep } from '../step.ts'
import { digest, registries } from '../unit/manifests/texts.ts'
import { writeImage } from '../unit/promote/fixture.ts'
import { startFakeRegistry } from '../unit/registry/fake-registry.ts'
import { createJob, type Job, runAction, runCommandLine, snapshot } from './action-process.ts'

let job: Job
beforeEach(async () => {
  job = await createJob()
})
afterEach(() => job.remove())

const put = async (path: string, content: string): Promise<void> => {
  await mkdir(dirname(join(job.workspace, path)), { recursive: true })
  await writeFile(join(job.workspace, path), content)
}
const outputsOf = (name: string): string[] =>
  Object.keys(definitions.find((definition) => definition.name === name)?.outputs ?? {}).sort()

describe('lint-manifests', () => {
  const images = 'registry/images/hello/images.yaml'
  const twice = `- name: hello\n  dmap:\n    "${digest('a')}": ["v1"]\n    "${digest('b')}": ["v1", "-"]\n    "${digest('c')}": ["v1"]\n`
  beforeEach(() => put('registry/manifests/hello/promoter-manifest.yaml', registries('gcr.io/staging', 'gcr.io/prod')))

  test('annotates each finding at its line in a workflow, and fails', async () => {
    await put(images, twice)
    const { exitCode, log, summary } = await runAction('lint-manifests', job, { manifests: 'registry' })
    expect(exitCode).toBe(1)
    const place = (line: number, column: number): string => `::error file=${images},line=${line},col=${column}::`
    expect(log).toContain(`${place(4, 87)}tag '-' is not a tag\n`)
    expect(log).toContain(`${place(5, 5)}two-digests 'hello:v1' is ${digest('a')} at line 3 already\n`)
    expect(log).toContain('2 findings in 1 file')
    expect(summary).toContain(`| \`${images}:5:5\` | two-digests |`)
  })

  test('prints file:line:column, rule and message in a terminal, and exits 1', async () => {
    await put(images, twice)
    await put('registry/images/other/images.yaml', '')
    const { exitCode, stdout } = await runCommandLine(['lint-manifests', '--manifests', 'registry'], job.workspace)
    expect(exitCode).toBe(1)
    expect(stdout.trim().split('\n')).toEqual([
      `${images}:4:87 tag '-' is not a tag`,
      `${images}:5:5 two-digests 'hello:v1' is ${digest('a')} at line 3 already`,
      'registry/images/other/images.yaml:1:1 unused no manifest reads this file',
    ])
  })

  test('finds nothing in a tree that is in order, and sets every output', async () => {
    await put(images, `- name: hello\n  dmap:\n    "${digest('a')}": ["v1"]\n`)
    const before = await snapshot(job.workspace)
    const { exitCode, outputs } = await runAction('lint-manifests', job, { manifests: 'registry' })
    expect(exitCode).toBe(0)
    expect(Object.keys(outputs)).toEqual(outputsOf('lint-manifests'))
    expect(outputs.findings).toBe('[]')
    const { exitCode: code } = await runCommandLine(['lint-manifests', '--manifests', 'registry'], job.workspace)
    expect(code).toBe(0)
    expect(await snapshot(job.workspace)).toEqual(before)
  })
})

test('edit-manifest opens a pull request (GitHub is a fake server on loopback), once, and sets every output', async () => {
  const github = await startFakeGitHub()
  const registry = await startFakeRegistry()
  try {
    const http = createHttpClient({ signal: new AbortController().signal })
    const staging = openRepository(
      { kind: 'registry', host: registry.host, prefix: '' },
      'staging/hello',
      testStep({ http }),
    )
    const { index } = await writeImage(staging, 'hello', 'v1.2.3')
    const upstream = 'kubernetes/k8s.io'
    github.commit(upstream, 'main', { 'plain.yaml': registries(`${registry.host}/staging`, `${registry.host}/prod`) })
    const inputs = {
      manifests: 'plain.yaml',
      images: 'hello:v1.2.3',
      repository: upstream,
      'github-token': 'ghs_secret',
      preview: 'true',
    }
    const environment = { GITHUB_API_URL: github.url }
    const before = await snapshot(job.workspace)
    const dry = await runAction('edit-manifest', job, { ...inputs, 'dry-run': 'true' }, environment)
    expect(dry.errors).toEqual([])
    expect(dry.outputs).toMatchObject({ changed: 'false', 'pull-request': '' })
    expect(github.log.filter((line) => !line.startsWith('GET '))).toEqual([])

    const first = await runAction('edit-manifest', job, { ...inputs, 'dry-run': 'false' }, environment)
    expect(first.errors).toEqual([])
    expect(Object.keys(first.outputs).sort()).toEqual(outputsOf('edit-manifest'))
    expect(first.outputs).toEqual({
      added: JSON.stringify([`hello@${index.digest} (v1.2.3)`]),
      files: '["plain.yaml"]',
      'pull-request': `${upstream}#7`,
      'pull-request-url': `https://github.com/${upstream}/pull/7`,
      changed: 'true',
    })
    expect(first.summary).toMatch(new RegExp(`^\\| hello \\| \`${index.digest}\` \\| v1\\.2\\.3 \\|$`, 'm'))
    expect(first.log.replaceAll('::add-mask::ghs_secret', '')).not.toContain('ghs_secret')
    const second = await runAction('edit-manifest', job, { ...inputs, 'dry-run': 'false' }, environment)
    expect(second.outputs).toMatchObject({ added: '[]', changed: 'false', 'pull-request': `${upstream}#7` })
    expect(await snapshot(job.workspace)).toEqual(before)
  } finally {
    await github.close()
    await registry.close()
  }
})
