import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type PromotionOptions, type PromotionResult, promote } from '../../../src/promote/index.ts'
import { renderText } from '../../../src/runner/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { promotionStep } from '../../promote/step.ts'
import { type ReleaseFixture, writeRelease } from '../../unit/promote/fixture.ts'

let made: ReleaseFixture
let folder: string
beforeAll(async () => {
  made = await writeRelease(join(await mkdtemp(join(tmpdir(), 'files-')), 'release'))
})
afterAll(() => rm(join(made.directory, '..'), { recursive: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = (options: Partial<PromotionOptions>, step = promotionStep(folder)): Promise<PromotionResult> =>
  promote(promotionOptions(options), step)

describe('version markers', () => {
  beforeEach(() => cp(made.directory, join(folder, 'release'), { recursive: true }))
  const options: Partial<PromotionOptions> = { to: ['file:site/v1.2.3'], versionMarkers: 'file:site' }
  const marker = (name: string): Promise<string> => readFile(join(folder, 'site', name), 'utf8')
  const markers = async (): Promise<string[]> =>
    (await readdir(join(folder, 'site')).catch(() => [])).filter((name) => name.endsWith('.txt')).sort()

  test('are planned in a dry run, moved after everything else, and moved once', async () => {
    const step = promotionStep(folder)
    const { plan } = await run({ ...options, dryRun: true }, step)
    expect(plan).toMatchObject({ markers: [{ name: 'stable-1.2.txt', to: 'v1.2.3' }, {}, {}, {}, {}, {}] })
    expect(renderText(step.blocks)).toMatch(/latest\.txt +\S+ +v1\.2\.3 +missing/)
    expect(await markers()).toEqual([])
    const { promoted } = await run(options)
    expect(promoted.slice(-6)).toEqual(
      ['stable-1.2', 'stable-1', 'stable', 'latest-1.2', 'latest-1', 'latest'].map(
        (name) => `file:${folder}/site/${name}.txt`,
      ),
    )
    expect(await marker('stable-1.txt')).toBe('v1.2.3')
    expect(await run(options)).toMatchObject({ changed: false, promoted: [] })
  })

  test('never go back', async () => {
    await mkdir(join(folder, 'site'))
    for (const name of ['stable', 'latest']) await writeFile(join(folder, 'site', `${name}.txt`), 'v1.10.0')
    await run(options)
    expect(await marker('stable.txt')).toBe('v1.10.0')
    expect(await marker('stable-1.2.txt')).toBe('v1.2.3')
  })

  test('stay where anything is not there', async () => {
    await mkdir(join(folder, 'site/v1.2.3'), { recursive: true })
    await writeFile(join(folder, 'site/v1.2.3/hello-linux-amd64'), 'other bytes')
    await expect(run(options)).rejects.toThrow(/stable\.txt, .*not moved, as not everything is there/)
    expect(await markers()).toEqual([])
  })

  test('that hold something else are an error before anything is written', async () => {
    await mkdir(join(folder, 'site'))
    await writeFile(join(folder, 'site/latest.txt'), 'tomorrow')
    await expect(run(options)).rejects.toThrow(/latest\.txt is no semantic version: 'tomorrow'/)
    expect(await readdir(join(folder, 'site'))).toEqual(['latest.txt'])
  })
})

describe('file manifests', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const write = (files: Readonly<Record<string, string>>): Promise<void> =>
    writeFile(
      join(folder, 'manifest.yaml'),
      [
        'filestores:',
        `- {base: "file:${folder}/staging", src: true}`,
        `- {base: "file:${folder}/first"}`,
        `- {base: "file:${folder}/second"}`,
        'files:',
        ...Object.entries(files).map(([name, hash]) => `- {name: ${name}, sha256: ${hash}}`),
        '',
      ].join('\n'),
    )
  const manifests = (): string => join(folder, 'manifest.yaml')
  beforeEach(async () => {
    await mkdir(join(folder, 'staging/v1'), { recursive: true })
    for (const name of ['kubectl', 'kubeadm']) await writeFile(join(folder, 'staging/v1', name), name)
  })

  test('bring files from a store to others, once', async () => {
    await write({ 'v1/kubectl': sha256('kubectl'), 'v1/kubeadm': sha256('kubeadm') })
    expect((await run({ manifests: manifests() })).promoted).toHaveLength(4)
    for (const place of ['first', 'second']) {
      expect((await readdir(join(folder, place, 'v1'))).sort()).toEqual(['kubeadm', 'kubectl'])
      expect(await readFile(join(folder, place, 'v1/kubectl'), 'utf8')).toBe('kubectl')
    }
    expect(await run({ manifests: manifests() })).toMatchObject({ changed: false })
  })

  test('with a hash that the source does not have stop that file only', async () => {
    await write({ 'v1/kubectl': sha256('something else'), 'v1/kubeadm': sha256('kubeadm') })
    await expect(run({ manifests: manifests() })).rejects.toThrow(/v1\/kubectl/)
    for (const place of ['first', 'second']) expect(await readdir(join(folder, place, 'v1'))).toEqual(['kubeadm'])
  })

  test('with a malformed entry bring the others, and fail at its line', async () => {
    await write({ 'v1/kubectl': sha256('kubectl'), '../kubeadm': sha256('kubeadm') })
    await expect(run({ manifests: manifests() })).rejects.toThrow(/manifest\.yaml:7:10: .*'\.\.\/kubeadm'/)
    expect(await readdir(join(folder, 'first/v1'))).toEqual(['kubectl'])
  })

  test('are held to a plan like images', async () => {
    await write({ 'v1/kubectl': sha256('kubectl') })
    const plan = join(folder, 'plan.json')
    const { planDigest, matrix } = await run({ manifests: manifests(), plan, dryRun: true })
    expect(matrix.map(({ hosts }) => hosts)).toEqual([[`file:${folder}/first`], [`file:${folder}/second`]])
    await write({ 'v1/kubectl': sha256('kubectl'), 'v1/kubeadm': sha256('kubeadm') })
    await expect(run({ manifests: manifests(), plan, planDigest })).rejects.toThrow(/is not what was approved/)
    expect((await readdir(folder)).sort()).toEqual(['manifest.yaml', 'plan.json', 'staging'])
  })
})
