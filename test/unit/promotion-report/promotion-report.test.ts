import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Digest, digestOfBytes, parseTag } from '../../../src/oci/index.ts'
import type { ImageOutcome, PromotionReport } from '../../../src/promote/index.ts'
import { serializePlan } from '../../../src/promote/plan.ts'
import { reportPromotion } from '../../../src/promotion-report/index.ts'
import { testStep } from '../../step.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'))
  await mkdir(join(folder, 'reports'))
})
afterEach(() => rm(folder, { recursive: true }))

const digest = digestOfBytes('image')
const plan = serializePlan({
  conflicts: [],
  files: [
    {
      kind: 'file',
      name: 'hello.tgz',
      source: { address: 'file:/release', name: 'files/hello.tgz' },
      sha256: '0'.repeat(64),
      size: 5,
      destination: 's3://bucket/release',
      evidence: [],
    },
  ],
  markers: [],
  images: [
    {
      project: '',
      source: 'staging.example/hello',
      digest,
      transfers: [
        {
          destinations: ['a.example/hello', 'b.example:5000/hello'],
          blobs: [],
          manifests: [digest],
          evidence: [],
          tags: [parseTag('v1.2.3')],
          signed: [],
        },
      ],
    },
  ],
})
const planDigest = digestOfBytes(plan)

const image = (destination: string, changes: Partial<ImageOutcome> = {}): ImageOutcome => ({
  source: 'staging.example/hello',
  digest,
  destination,
  tags: [parseTag('v1.2.3')],
  state: 'promoted',
  ...changes,
})
const report = (hosts: string[], changes: Partial<PromotionReport> = {}): PromotionReport => ({
  schemaVersion: 1,
  plan: planDigest,
  hosts,
  images: [],
  files: [],
  conflicts: [],
  ...changes,
})
const complete = (): PromotionReport[] => [
  report(['a.example', 's3://bucket'], {
    images: [image('a.example/hello')],
    files: [{ name: 'hello.tgz', sha256: '0'.repeat(64), destination: 's3://bucket/release', state: 'present' }],
  }),
  report(['b.example:5000'], { images: [image('b.example:5000/hello')] }),
]

async function merge(
  reports: readonly unknown[],
  options: { planDigest?: Digest; text?: string; dryRun?: boolean } = {},
) {
  await writeFile(join(folder, 'plan.json'), options.text ?? plan)
  for (const [index, content] of reports.entries()) {
    await writeFile(
      join(folder, 'reports', `${index}.json`),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  }
  const step = testStep({ workspace: folder })
  const done = reportPromotion(
    {
      reports: ['reports/*.json'],
      plan: join(folder, 'plan.json'),
      planDigest: options.planDigest ?? planDigest,
      report: join(folder, 'merged.json'),
      dryRun: options.dryRun ?? false,
    },
    step,
  )
  return { step, done }
}
const merged = async (): Promise<PromotionReport> => JSON.parse(await readFile(join(folder, 'merged.json'), 'utf8'))

test('the reports of all shards become one, sorted, whatever their order', async () => {
  await (await merge(complete())).done
  const first = await merged()
  expect(first.hosts).toEqual(['a.example', 'b.example:5000', 's3://bucket'])
  expect(first.images.map(({ destination }) => destination)).toEqual(['a.example/hello', 'b.example:5000/hello'])
  await (await merge(complete().reverse())).done
  expect(await merged()).toEqual(first)
})

test('a merged report can be merged again', async () => {
  await (await merge(complete())).done
  const all = await merged()
  await rm(join(folder, 'reports/1.json'))
  await (await merge([all])).done
  expect(await merged()).toEqual(all)
})

test('an empty plan needs no report', async () => {
  const text = serializePlan({ conflicts: [], files: [], images: [], markers: [] })
  const { step, done } = await merge([], { text, planDigest: digestOfBytes(text) })
  await done
  expect(step.blocks).toContainEqual({ kind: 'text', text: 'There was nothing to do.' })
})

test('a dry run judges, but writes nothing', async () => {
  await (await merge(complete(), { dryRun: true })).done
  await expect(merged()).rejects.toThrow('ENOENT')
})

describe('fails, and still writes the whole report', () => {
  const [first, second] = complete()
  const failed = (state: ImageOutcome['state'], reason?: string) =>
    report(['b.example:5000'], {
      images: [image('b.example:5000/hello', reason === undefined ? { state } : { state, reason })],
    })
  test.each([
    [
      'when a shard failed',
      [first, failed('failed', 'quota')],
      /hello@sha256:\w+ to b\.example:5000\/hello failed: quota/,
    ],
    ['when an item is blocked', [first, failed('blocked', 'unsigned')], /blocked: unsigned/],
    ['when a shard was a dry run', [first, failed('planned')], /was only planned/],
    ['when a host has no report', [first], /b\.example:5000 has no report/],
    ['when there is no report at all', [], /a\.example has no report(.|\n)*s3:\/\/bucket has no report/],
    [
      'when a host has two',
      [first, second, second],
      /b\.example:5000 has 2 reports: reports\/1\.json, reports\/2\.json/,
    ],
    [
      'when a report is of another plan',
      [first, { ...second, plan: digest }],
      /reports\/1\.json is of the plan sha256:/,
    ],
    [
      'when there was a conflict',
      [first, { ...second, conflicts: [{ kind: 'tag moved', item: 'x', message: 'never moved' }] }],
      /x: never moved/,
    ],
  ])('%s', async (_, reports, says) => {
    const { step, done } = await merge(reports)
    await expect(done).rejects.toThrow(says)
    expect((await merged()).plan).toBe(planDigest)
    expect(step.blocks).toContainEqual({ kind: 'heading', text: 'Promotion not complete' })
  })

  test('names a conflict that all shards saw only once', async () => {
    const conflicts = [{ kind: 'tag moved', item: 'x', message: 'never moved' }]
    const { done } = await merge(complete().map((each) => ({ ...each, conflicts })))
    await expect(done).rejects.toThrow(/: 1 failed/)
  })
})

describe('refuses', () => {
  test.each([
    ['what is not JSON', '{', /reports\/0\.json cannot be read as JSON/],
    ['JSON of another kind', { subjects: [] }, /reports\/0\.json is not a promotion report: .*required property/],
    ['a later version', { ...report(['a.example']), schemaVersion: 2 }, /schemaVersion must be equal to constant/],
    [
      'an unknown state',
      report(['a.example'], { images: [{ ...image('a'), state: 'done' as 'failed' }] }),
      /state must be/,
    ],
  ])('%s', async (_, content, says) => {
    await expect((await merge([content])).done).rejects.toThrow(says)
  })

  test('a plan that is not the approved one', async () => {
    await expect((await merge(complete(), { planDigest: digest })).done).rejects.toThrow(
      /is the plan sha256:\w+, not sha256:/,
    )
  })
})
