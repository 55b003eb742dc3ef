/** `node round.ts TREE`: reads, lints and plans one tree in a process of its own, and prints what it took, as JSON. */
import { parseManifests } from '../../src/manifests/read.ts'
import { findingsIn } from '../../src/manifests/rules.ts'
import { readManifestTexts } from '../../src/manifests/texts.ts'
import { observeRepositories, planImages, wishOfManifests } from '../../src/promote/index.ts'
import { noJournal } from '../../src/promote/journal.ts'
import { testStep } from '../../test/step.ts'
import { listedRepositories } from './listings.ts'

export interface Round {
  /** Digests, one by one with each of their tags and destinations. */
  readonly edges: number
  readonly findings: number
  /** Images that some destination lacks. */
  readonly planned: number
  /** Milliseconds. */
  readonly read: number
  readonly lint: number
  readonly plan: number
  /** What stands for the registries: to make and parse their lists; not part of the plan. */
  readonly listing: number
  /** How many lists. */
  readonly lists: number
  /** The most memory that the process had at a time, in bytes. */
  readonly memory: number
}

const [tree = ''] = process.argv.slice(2)
const step = testStep()

let since = performance.now()
const lap = (): number => {
  const took = performance.now() - since
  since += took
  return took
}

const parsed = parseManifests(await readManifestTexts(tree), tree)
const read = lap()
const findings = findingsIn(parsed, undefined)
const lint = lap()

if (parsed.manifests.kind !== 'images') throw new Error('the tree has images')
const { images } = wishOfManifests(parsed.manifests.manifests, step)
const wish = lap()
const repositories = listedRepositories(images)
lap()
const observed = await observeRepositories(images, { repositories, journal: noJournal, judged: false }, step)
const { images: planned, conflicts } = planImages(images, observed, new Map())
const plan = wish + lap() - repositories.spent()
if (conflicts.length > 0) throw new Error(`${conflicts.length} conflicts, such as ${conflicts[0]?.message}`)

const edges = images.reduce(
  (sum, { destinations, images: wanted }) =>
    sum + destinations.length * wanted.reduce((tags, image) => tags + Math.max(1, image.tags.length), 0),
  0,
)
const round: Round = {
  edges,
  findings: findings.length,
  planned: planned.length,
  read,
  lint,
  plan,
  listing: repositories.spent(),
  lists: repositories.lists(),
  memory: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(round))
