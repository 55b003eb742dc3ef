import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { definitions } from '../../actions/index.ts'
import { createJob, type Job, runAction, snapshot } from './action-process.ts'
import { writeKeys, writeProject, writeRelease } from './release-fixture.ts'

let job: Job
beforeEach(async () => {
  job = await createJob()
  await writeRelease(join(job.workspace, 'release'))
  await writeKeys(job.workspace)
  await writeProject(job.workspace)
})
afterEach(() => job.remove())

const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  attest: { key: 'signer.key' },
  build: { 'allow-modified': 'true' },
  'build-packages': {},
  promote: { to: 'file:promoted' },
  'publish-packages': { to: 'file:published', 'openpgp-key': 'openpgp.key' },
  sign: { key: 'signer.key' },
}

describe.each(Object.keys(inputs))('%s', (name) => {
  const definition = definitions.find((candidate) => candidate.name === name)

  test('in a dry run plans, sets every output and writes nothing', async () => {
    const before = await snapshot(job.workspace)
    const result = await runAction(name, job, { ...inputs[name], release: 'release', 'dry-run': 'true' })
    expect(result.errors).toEqual([])
    expect(result.exitCode).toBe(0)
    expect(Object.keys(result.outputs).sort()).toEqual(Object.keys(definition?.outputs ?? {}).sort())
    expect(result.outputs['release-digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(result.summary).toMatch(/^\| .* \|$/m) // the plan, as a table
    expect(await snapshot(job.workspace)).toEqual(before)
  })
})

describe('sign, then verify', () => {
  const files = { files: 'release/files/*.tar.gz' }
  const bundle = 'release/files/hello-linux-amd64.tar.gz.sigstore.json'

  test('a file with a key, once', async () => {
    const first = await runAction('sign', job, { ...files, key: 'signer.key' })
    expect(first.errors).toEqual([])
    const signed = await snapshot(job.workspace)
    expect(Object.keys(signed)).toContain(join(job.workspace, bundle))
    const second = await runAction('sign', job, { ...files, key: 'signer.key' })
    expect(second.errors).toEqual([])
    expect(await snapshot(job.workspace)).toEqual(signed)

    const verified = await runAction('verify', job, { ...files, key: 'signer.pub' })
    expect(verified.errors).toEqual([])
    expect(verified.outputs.verified).toBe('true')
    await writeKeys(job.workspace)
    const refused = await runAction('verify', job, { ...files, key: 'signer.pub' })
    expect(refused.exitCode).toBe(1)
    expect(refused.errors).toHaveLength(1)
  })

  test('the log of a secret is masked', async () => {
    const secret = 'correct horse battery staple'
    const result = await runAction('sign', job, { ...files, key: 'signer.key', 'key-password': secret })
    expect(result.log.replaceAll(`::add-mask::${secret}`, '')).not.toContain(secret)
    expect(result.log).toContain(`::add-mask::${secret}`)
  })
})
