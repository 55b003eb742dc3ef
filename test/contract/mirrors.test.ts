import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { definitions } from '../../actions/index.ts'
import { policyText } from '../unit/mirrors/policy-text.ts'
import { createJob, type Job, runAction, snapshot } from './action-process.ts'

let job: Job
beforeEach(async () => {
  job = await createJob()
  await writeFile(join(job.workspace, 'mirrors.yaml'), policyText)
  await writeFile(
    join(job.workspace, 'files.yaml'),
    `filestores:\n- {base: "file:source", src: true}\n- base: file:mirror\nfiles:\n- {name: hello, sha256: ${'0'.repeat(64)}}\n`,
  )
})
afterEach(() => job.remove())

const outputsOf = (name: string): string[] =>
  Object.keys(definitions.find((definition) => definition.name === name)?.outputs ?? {}).sort()

test('mirror-redirects in a dry run sets every output and writes nothing; then it writes both files, once', async () => {
  const before = await snapshot(job.workspace)
  const inputs = {
    mirrors: 'mirrors.yaml',
    output: 'redirects',
    'cloud-header': 'X-Cloud',
    'region-header': 'X-Region',
  }
  const dry = await runAction('mirror-redirects', job, { ...inputs, listen: '8080', 'dry-run': 'true' })
  expect(dry.errors).toEqual([])
  expect(Object.keys(dry.outputs).sort()).toEqual(outputsOf('mirror-redirects'))
  expect(dry.summary).toMatch(/^\| google \| 60% \| 2 \|/m)
  expect(await snapshot(job.workspace)).toEqual(before)

  const first = await runAction('mirror-redirects', job, { ...inputs, listen: '8080', 'dry-run': 'false' })
  expect(first.outputs.changed).toBe('true')
  const table = JSON.parse(await readFile(join(job.workspace, 'redirects/redirects.json'), 'utf8'))
  expect(JSON.parse(first.outputs.redirects ?? '')).toEqual(table)
  expect(await readFile(join(job.workspace, 'redirects/nginx.conf'), 'utf8')).toContain('map $http_x_cloud ')
  const second = await runAction('mirror-redirects', job, { ...inputs, listen: '8080', 'dry-run': 'false' })
  expect(second.outputs.changed).toBe('false')
})

test('audit-mirrors fails with a finding at its line, or warns of it, and sets every output', async () => {
  const inputs = { manifests: 'files.yaml', report: 'audit.json', 'dry-run': 'true' }
  const before = await snapshot(job.workspace)
  const failed = await runAction('audit-mirrors', job, { ...inputs, warn: '' })
  expect(failed.exitCode).toBe(1)
  expect(failed.log).toContain('files.yaml:5:10: missing: ')
  const warned = await runAction('audit-mirrors', job, { ...inputs, warn: 'missing' })
  expect(warned.errors).toEqual([])
  expect(warned.exitCode).toBe(0)
  expect(Object.keys(warned.outputs).sort()).toEqual(outputsOf('audit-mirrors'))
  expect(warned.outputs).toMatchObject({ findings: '1', passed: 'true' })
  expect(await snapshot(job.workspace)).toEqual(before)
})
