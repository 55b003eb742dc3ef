import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { digestOfBytes } from '../../../src/oci/index.ts'
import { holdBack, readApprovedPlan, requireApproved, writePlan } from '../../../src/promote/approval.ts'
import { fileKey, sourceKey } from '../../../src/promote/files/index.ts'
import { digestOfPlan, type PromotionPlan } from '../../../src/promote/index.ts'
import { reportOf } from '../../../src/promote/report.ts'
import { shardsOf } from '../../../src/promote/shards.ts'
import { UserError } from '../../../src/runner/index.ts'
import { digestOf, tagsOf } from './observed.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'))
})
afterEach(() => rm(folder, { recursive: true }))

const transfer = {
  destinations: ['a.io/app', 'b.io/app'],
  blobs: [{ digest: digestOf('layer'), size: 5_000_000 }],
  manifests: [digestOf('app')],
  evidence: [{ subject: digestOf('app'), digest: digestOf('signature') }],
  tags: tagsOf('v1', 'v2'),
  signed: [],
}
const image = { project: 'app', source: 'stage.io/app', digest: digestOf('app'), transfers: [transfer] }
const plan: PromotionPlan = { images: [image], files: [], markers: [], conflicts: [] }
const withTransfer = (given: Partial<typeof transfer>): PromotionPlan => ({
  ...plan,
  images: [{ ...image, transfers: [{ ...transfer, ...given }] }],
})

describe('a plan in a file', () => {
  test('comes back the same; its digest is that of the file', async () => {
    const path = join(folder, 'plan.json')
    await writePlan(path, plan)
    expect(await readApprovedPlan(path, digestOfPlan(plan))).toEqual(plan)
    expect(digestOfBytes(await readFile(path))).toBe(digestOfPlan(plan))
  })

  test.each<[string, string, RegExp]>([
    [
      'another plan',
      JSON.stringify({ images: [], files: [], markers: [], conflicts: [] }),
      /is the plan sha256:.*, not sha256:/,
    ],
    ['no JSON', '{', /is not JSON/],
    ['another document', '{"images": [{}]}', /is not a promotion plan: .*must have required property/],
    ['a tag that is none', JSON.stringify(withTransfer({ tags: ['-x'] as never })), /must match pattern/],
  ])('%s is refused', async (_, text, message) => {
    const path = join(folder, 'plan.json')
    await writeFile(path, text)
    const failure = await readApprovedPlan(path, digestOfPlan(plan)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect(String(failure)).toMatch(message)
  })
})

describe('what was approved', () => {
  test.each<[string, PromotionPlan]>([
    ['the same', plan],
    ['less, as some of it is there by now', withTransfer({ tags: tagsOf('v2'), manifests: [], evidence: [] })],
    ['one destination of two', withTransfer({ destinations: ['b.io/app'] })],
    ['nothing', { images: [], files: [], markers: [], conflicts: [] }],
  ])('may be done: %s', (_, now) => {
    expect(() => requireApproved(now, plan)).not.toThrow()
  })

  test.each<[string, PromotionPlan]>([
    ['another tag', withTransfer({ tags: tagsOf('v1', 'latest') })],
    ['another destination', withTransfer({ destinations: ['a.io/app', 'evil.io/app'] })],
    ['other evidence', withTransfer({ evidence: [{ subject: digestOf('app'), digest: digestOf('other') }] })],
    ['another image', { ...plan, images: [{ ...image, digest: digestOf('other') }] }],
    ['a signature', withTransfer({ signed: [{ subject: digestOf('app'), predicateType: 'x' }] as never })],
  ])('may not be exceeded: %s', (_, now) => {
    expect(() => requireApproved(now, plan)).toThrow(/is not what was approved/)
  })
})

describe('shards', () => {
  const at = (host: string, layers: number) => ({
    ...image,
    transfers: [
      {
        ...transfer,
        destinations: [`${host}/app`],
        blobs: Array.from({ length: layers }, (_, index) => ({
          digest: digestOf(`${host} ${index}`),
          size: 1_000_000,
        })),
      },
    ],
  })
  const large: PromotionPlan = { ...plan, images: [at('a.io', 1), at('b.io', 50), at('c.io', 20), at('d.io', 29)] }

  test('are one a host, the largest first', () => {
    expect(shardsOf(large, 256).map(({ name, hosts }) => [name, hosts])).toEqual([
      ['b.io', ['b.io']],
      ['d.io', ['d.io']],
      ['c.io', ['c.io']],
      ['a.io', ['a.io']],
    ])
  })

  test('share hosts so that all have about the same to do; no host is cut', () => {
    expect(shardsOf(large, 2).map(({ hosts }) => hosts)).toEqual([
      ['a.io', 'b.io'],
      ['c.io', 'd.io'],
    ])
  })

  test('say what they ask and send', () => {
    expect(shardsOf(plan, 256)).toEqual([
      { name: 'a.io', hosts: ['a.io'], requests: 9, bytes: 5_000_000 },
      { name: 'b.io', hosts: ['b.io'], requests: 9, bytes: 5_000_000 },
    ])
    expect(shardsOf({ images: [], files: [], markers: [], conflicts: [] }, 4)).toEqual([])
  })
})

describe('a report', () => {
  const nothing: PromotionPlan = { images: [], files: [], markers: [], conflicts: [] }
  const outcome = (destination: string) => ({ promotion: image, transfer, destination })

  test('names every item of the approved plan at its hosts, also what was there by then', () => {
    const now = withTransfer({ destinations: ['a.io/app'] })
    const report = reportOf(plan, now, { images: [outcome('a.io/app')], files: [] }, [])
    expect(report).toMatchObject({ schemaVersion: 1, plan: digestOfPlan(plan), hosts: ['a.io', 'b.io'] })
    expect(report.images.map(({ destination, state }) => [destination, state])).toEqual([
      ['a.io/app', 'promoted'],
      ['b.io/app', 'present'],
    ])
  })

  test('of a shard has its hosts alone', () => {
    const report = reportOf(plan, nothing, { images: [], files: [] }, ['b.io'])
    expect(report).toMatchObject({ hosts: ['b.io'], images: [{ destination: 'b.io/app', state: 'present' }] })
  })

  test('says what failed, what a conflict blocks, and what was only planned', () => {
    const failed = { ...outcome('a.io/app'), failure: new UserError('no space') }
    expect(reportOf(plan, plan, { images: [failed], files: [] }, ['a.io']).images).toMatchObject([
      { state: 'failed', reason: 'no space' },
    ])
    const conflict = { kind: 'tag moved', item: `stage.io/app@${image.digest}`, message: 'v1 is another' } as const
    expect(
      reportOf(plan, { ...nothing, conflicts: [conflict] }, { images: [], files: [] }, ['a.io']).images,
    ).toMatchObject([{ state: 'blocked', reason: 'v1 is another' }])
    expect(reportOf(plan, plan, undefined, ['a.io']).images).toMatchObject([{ state: 'planned' }])
  })
})

describe('what was in conflict at the approval', () => {
  const item = `${image.source}@${image.digest}`
  const conflict = (given: Partial<PromotionPlan['conflicts'][number]>): PromotionPlan => ({
    images: [],
    files: [],
    markers: [],
    conflicts: [{ kind: 'tag moved', item, destination: 'b.io/app', message: 'never moved', ...given } as never],
  })

  test('is left as it is everywhere, also where nothing speaks against it', () => {
    const elsewhere = withTransfer({ destinations: ['a.io/app'] })
    const approved = conflict({})
    expect(holdBack(elsewhere, approved)).toEqual(approved)
    expect(() => requireApproved(holdBack(elsewhere, approved), approved)).not.toThrow()
  })

  test('concerns no other destination where one could not be read', () => {
    const { images, conflicts } = holdBack(plan, conflict({ kind: 'unreadable' }))
    expect(images).toEqual(withTransfer({ destinations: ['a.io/app'] }).images)
    expect(conflicts).toMatchObject([{ destination: 'b.io/app' }])
  })

  test('is named once, and no other image waits for it', () => {
    const now = { ...plan, conflicts: conflict({ destination: 'a.io/app' }).conflicts, images: [] }
    expect(holdBack(now, conflict({}))).toEqual(now)
    expect(holdBack(plan, conflict({ item: 'other' }))).toEqual(plan)
  })

  test('holds a file back by its place, or by its source', () => {
    const file: PromotionPlan['files'][number] = {
      kind: 'file',
      name: 'app.tgz',
      source: { address: 'file:/release', name: 'app.tgz' },
      sha256: '0'.repeat(64),
      size: 1,
      destination: 's3://bucket/app',
      evidence: [],
    }
    const files = { ...plan, images: [], files: [file] }
    for (const key of [fileKey(file), sourceKey(file.source)]) {
      expect(holdBack(files, conflict({ kind: 'file differs', item: key })).files).toEqual([])
    }
  })
})
