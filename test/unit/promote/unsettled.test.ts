import { expect, test } from '@jest/globals'
import { unsettledImages } from '../../../src/promote/images/unsettled.ts'
import { destinationWith, digestOf, tagsOf, wishOf } from './observed.ts'

const [one, two, platform] = [digestOf('one'), digestOf('two'), digestOf('a platform of two')]
const [v1 = 'v1', v2 = 'v2'] = tagsOf('v1', 'v2')
const wish = wishOf(
  [
    { digest: one, tags: tagsOf('v1') },
    { digest: two, tags: tagsOf('v2') },
  ],
  ['a.io', 'b.io'],
)
const signatureOf = (digest: string) => tagsOf(`sha256-${digest.slice(7)}.sig`)[0] ?? tagsOf('x')[0]
const whole = destinationWith({ tags: new Map(tagsOf(v1, v2).map((tag, index) => [tag, index === 0 ? one : two])) })
const listing = (...tags: (ReturnType<typeof signatureOf> | undefined)[]) => ({
  tags: new Set([...tagsOf('v1', 'v2'), ...tags.filter((tag) => tag !== undefined)]),
})
const having = (tag: ReturnType<typeof signatureOf>) => ({
  ...whole,
  listed: new Set([...whole.listed, ...(tag ? [tag] : [])]),
})

test('nothing is open where every tag is right and every evidence tag is there', () => {
  expect(
    unsettledImages(wish, listing(signatureOf(one)), [having(signatureOf(one)), having(signatureOf(one))]),
  ).toEqual(new Set())
})

test('a tag that is missing or moved opens its image', () => {
  expect(
    unsettledImages(wish, listing(), [
      whole,
      destinationWith({ tags: new Map(tagsOf('v1').map((tag) => [tag, one])) }),
    ]),
  ).toEqual(new Set([two]))
})

test('an evidence tag that one destination lacks opens the image that it speaks of', () => {
  expect(unsettledImages(wish, listing(signatureOf(one)), [having(signatureOf(one)), whole])).toEqual(new Set([one]))
})

test('of the evidence of a platform nobody knows to which image it belongs: all are looked at', () => {
  expect(unsettledImages(wish, listing(signatureOf(platform)), [whole, whole])).toEqual(new Set([one, two]))
})

test('a destination that cannot be read opens nothing', () => {
  expect(unsettledImages(wish, listing(), [whole, destinationWith({ unreadable: 'away' })])).toEqual(new Set())
})
