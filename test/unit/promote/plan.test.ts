import { describe, expect, test } from '@jest/globals'
import { planImages, type RepositoryWish } from '../../../src/promote/index.ts'
import { destinationWith, digestOf, observedWith, placeAt, sourceImage, tagsOf, wishOf } from './observed.ts'

const hosts = ['a.io', 'b.io', 'c.io']
const app = sourceImage('app')
const [v1 = tagsOf('v1')[0], v2] = tagsOf('v1', 'v2')
if (v1 === undefined || v2 === undefined) throw new Error('two tags')
const wish = wishOf([{ digest: app.root, tags: [v1] }], hosts)
const whole = destinationWith({
  tags: new Map([[v1, app.root]]),
  manifests: new Set([app.root]),
  referrers: new Map([[app.root, new Set([digestOf('app signature')])]]),
})

test('destinations that lack the same are one transfer, and one that lacks nothing is in none', () => {
  const plan = planImages([wish], [observedWith([app], [destinationWith(), whole, destinationWith()])], new Map())
  expect(plan.conflicts).toEqual([])
  expect(plan.images).toEqual([
    {
      project: 'app',
      source: 'stage.io/app',
      digest: app.root,
      transfers: [
        {
          destinations: ['a.io/app', 'c.io/app'],
          blobs: [
            { digest: digestOf('app layer'), size: 1000 },
            { digest: digestOf('config'), size: 10 },
          ],
          manifests: [app.root],
          evidence: [{ subject: app.root, digest: digestOf('app signature') }],
          tags: ['v1'],
          signed: [],
        },
      ],
    },
  ])
})

test('evidence that is lost under a right tag is restored there alone', () => {
  const bare = { ...whole, referrers: new Map([[app.root, new Set<never>()]]) }
  const { images } = planImages([wish], [observedWith([app], [whole, bare, whole])], new Map())
  expect(images.flatMap(({ transfers }) => transfers)).toMatchObject([
    { destinations: ['b.io/app'], manifests: [], tags: [], evidence: [{ digest: digestOf('app signature') }] },
  ])
})

test('what is signed here is attached where this signer has not', () => {
  const signature = { subject: app.root, predicateType: 'https://example.com/signature' }
  const signed = { ...whole, signed: new Set([`${app.root} https://example.com/signature`]) }
  const observed = observedWith([app], [signed, whole, signed], { toSign: new Map([[app.root, [signature]]]) })
  expect(planImages([wish], [observed], new Map()).images.flatMap(({ transfers }) => transfers)).toMatchObject([
    { destinations: ['b.io/app'], signed: [signature], tags: [] },
  ])
})

describe('conflicts', () => {
  const other = sourceImage('other')
  const two: RepositoryWish = wishOf(
    [
      { digest: app.root, tags: [v1] },
      { digest: other.root, tags: [v2] },
    ],
    hosts,
  )
  const planned = (plan: ReturnType<typeof planImages>): string[] => plan.images.map(({ digest }) => digest)

  test('a moved tag blocks its image at every destination, and no other image', () => {
    const moved = destinationWith({ tags: new Map([[v1, digestOf('another')]]) })
    const observed = observedWith([app, other], [destinationWith(), moved, destinationWith()])
    const plan = planImages([two], [observed], new Map())
    expect(plan.conflicts).toMatchObject([
      { kind: 'tag moved', item: `stage.io/app@${app.root}`, destination: 'b.io/app' },
    ])
    expect(planned(plan)).toEqual([other.root])
  })

  test('a destination that cannot be read waits alone', () => {
    const observed = observedWith([app], [destinationWith({ unreadable: 'away' }), destinationWith(), whole])
    const plan = planImages([wish], [observed], new Map())
    expect(plan.conflicts).toMatchObject([{ kind: 'unreadable', destination: 'a.io/app', message: 'away' }])
    expect(plan.images.flatMap(({ transfers }) => transfers)).toMatchObject([{ destinations: ['b.io/app'] }])
  })

  test('one image that cannot be read at a destination waits there alone', () => {
    const partly = destinationWith({ unreadableImages: new Map([[app.root, 'broken index']]) })
    const observed = observedWith([app, other], [partly, whole, whole])
    const plan = planImages([two], [observed], new Map())
    expect(plan.conflicts).toMatchObject([{ kind: 'unreadable', item: `stage.io/app@${app.root}` }])
    expect(planned(plan)).toEqual([other.root])
  })

  test('a source that lacks an image is a conflict of that image', () => {
    const observed = observedWith([other], [destinationWith(), destinationWith(), destinationWith()], {
      unreadable: new Map([[app.root, 'is not there']]),
    })
    const plan = planImages([two], [observed], new Map())
    expect(plan.conflicts).toMatchObject([{ kind: 'unreadable', message: 'is not there' }])
    expect(planned(plan)).toEqual([other.root])
  })

  test('an objection of the evidence policy blocks its image', () => {
    const observed = observedWith([app, other], [destinationWith(), destinationWith(), destinationWith()])
    const plan = planImages([two], [observed], new Map([[`stage.io/app@${app.root}`, ['nobody signed it']]]))
    expect(plan.conflicts).toMatchObject([{ kind: 'evidence policy', message: 'nobody signed it' }])
    expect(planned(plan)).toEqual([other.root])
  })

  test('two digests for one tag of a repository are both left, also when two projects ask for them', () => {
    const foreign = wishOf([{ digest: other.root, tags: [v1] }], ['b.io', 'd.io'], {
      project: 'other',
      source: placeAt('elsewhere.io', 'app'),
    })
    const nothing = destinationWith()
    const plan = planImages(
      [wish, foreign],
      [observedWith([app], [nothing, nothing, nothing]), observedWith([other], [nothing, nothing])],
      new Map(),
    )
    expect(plan.images).toEqual([])
    const message = `b.io/app:v1 is asked to be ${[app.root, other.root].sort().join(' and ')}`
    expect(plan.conflicts).toEqual([
      { kind: 'two digests', item: `stage.io/app@${app.root}`, destination: 'b.io/app', message },
      { kind: 'two digests', item: `elsewhere.io/app@${other.root}`, destination: 'b.io/app', message },
    ])
  })

  test('an evidence tag that differs is not replaced', () => {
    const tag = tagsOf(`sha256-${app.root.slice(7)}.sig`)[0] ?? v1
    const [evidence] = app.image.evidence
    const tagged = { root: app.root, image: { ...app.image, evidence: evidence ? [{ ...evidence, tag }] : [] } }
    const differing = destinationWith({ tags: new Map([[tag, digestOf('another signature')]]) })
    const plan = planImages([wish], [observedWith([tagged], [differing, whole, whole])], new Map())
    expect(plan.conflicts).toMatchObject([{ kind: 'evidence differs', destination: 'a.io/app' }])
    expect(plan.images).toEqual([])
  })
})
