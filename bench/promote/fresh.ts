import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Block, heading, table, text } from '../../src/runner/index.ts'
import type { RegistryKind } from '../../test/registries.ts'
import {
  type EvidenceKind,
  openRegistryRepository,
  type SignedImage,
  versionTag,
  writeSignedImage,
} from '../../test/signed-image.ts'
import {
  type Contender,
  craneAll,
  craneTags,
  orasRecursive,
  orasTags,
  ours,
  oursWithJournal,
  type Route,
  regsync,
  skopeoSync,
  skopeoTags,
} from './contenders.ts'
import { benchShape, isComplete } from './image.ts'
import { type CountingRegistry, startCountingRegistry } from './registries.ts'

const contenders = [
  ours,
  oursWithJournal,
  craneTags,
  craneAll,
  skopeoTags,
  skopeoSync,
  orasTags,
  orasRecursive,
  regsync,
]
const rounds = 3
const destinationCount = 3

interface Variant {
  readonly evidence: EvidenceKind
  /** Of the source and of every destination. */
  readonly registry: RegistryKind
  readonly title: string
  /** Requests that ours may need. */
  readonly limits: { readonly fresh: number; readonly again: number }
}

const variants: readonly Variant[] = [
  { evidence: 'signatures', registry: 'docker', title: 'signatures', limits: { fresh: 300, again: 9 } },
  {
    evidence: 'referrers',
    registry: 'docker',
    title: 'referrers under fallback tags',
    limits: { fresh: 330, again: 10 },
  },
  {
    evidence: 'referrers',
    registry: 'referrers',
    title: 'referrers by the API',
    limits: { fresh: 330, again: 10 },
  },
]

/** No list of tags tells what a fallback tag or the referrers API holds, and referrers can be added at any time. */
const whyMore =
  'With nothing to do and without a journal, each list of referrers is read on both sides, to find new ones and what is ' +
  'damaged: one request for each manifest and registry. With a journal an image that is done is taken for whole.'

interface Cost {
  readonly requests: number
  readonly seconds: number
}

interface Measurement {
  readonly fresh: Cost
  readonly again: Cost
  readonly complete: boolean
}

/** One image to three empty registries, and then once more: requests by the registries' own access logs, and seconds. */
export async function freshTables(): Promise<Block[]> {
  const blocks: Block[] = []
  for (const variant of variants) blocks.push(...(await freshTable(variant)))
  return blocks
}

async function freshTable(variant: Variant): Promise<Block[]> {
  const { evidence, registry, title, limits } = variant
  const source = await startCountingRegistry(registry)
  try {
    const image = await writeSignedImage(openRegistryRepository(source.host, 'staging/hello'), benchShape, evidence)
    const measured: { readonly name: string; readonly median: Measurement }[] = []
    for (const contender of contenders.filter(({ brings }) => brings.includes(evidence))) {
      const all: Measurement[] = []
      for (let round = 0; round < rounds; round++) all.push(await measure(contender, source, image, variant))
      measured.push({ name: contender.name, median: medianOf(all) })
    }
    const own = measured.find(({ name }) => name === ours.name)?.median
    if (!own) throw new Error('ours is one of the contenders')
    const columns = [
      'Tool',
      'Requests',
      '× ours',
      'Seconds',
      '× ours',
      'Again',
      '× ours',
      'Seconds',
      '× ours',
      'Complete',
    ]
    const rows = measured.map(({ name, median: { fresh, again, complete } }) => [
      name,
      ...costCells(fresh, own.fresh),
      ...costCells(again, own.again),
      complete ? 'yes' : 'NO',
    ])
    return [
      heading(`1 index × 5 platforms × 3 layers and 6 ${title} to 3 registries; nothing to do again`),
      table(columns, rows),
      text(`At most ${limits.fresh} requests are allowed, and ${limits.again} with nothing to do.`),
      ...(evidence === 'referrers' ? [text(whyMore)] : []),
    ]
  } finally {
    await source.close()
  }
}

async function measure(
  contender: Contender,
  source: CountingRegistry,
  image: SignedImage,
  { evidence, registry }: Variant,
): Promise<Measurement> {
  const started = Array.from({ length: destinationCount }, () => startCountingRegistry(registry))
  const destinations = await Promise.all(started)
  const folder = await mkdtemp(join(tmpdir(), 'bench-home-'))
  const route: Route = {
    source: `${source.host}/staging/hello`,
    destinations: destinations.map(({ host }) => `${host}/prod`),
    tags: [versionTag, ...image.signatures.keys()],
    evidence,
    folder,
  }
  const cost = async (): Promise<Cost> => {
    const registries = [source, ...destinations]
    for (const registry of registries) await registry.requests()
    const begin = performance.now()
    await contender.run(route)
    const seconds = (performance.now() - begin) / 1000
    const counts = await Promise.all(registries.map((registry) => registry.requests()))
    return { requests: counts.reduce((sum, count) => sum + count, 0), seconds }
  }
  try {
    const fresh = await cost()
    const again = await cost()
    const complete = await Promise.all(destinations.map(({ host }) => isComplete(host, 'prod/hello', image)))
    return { fresh, again, complete: complete.every(Boolean) }
  } finally {
    await Promise.all(destinations.map((registry) => registry.close()))
    await rm(folder, { recursive: true })
  }
}

function medianOf(all: readonly Measurement[]): Measurement {
  const middle = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const cost = (costs: readonly Cost[]): Cost => ({
    requests: middle(costs.map(({ requests }) => requests)),
    seconds: middle(costs.map(({ seconds }) => seconds)),
  })
  return {
    fresh: cost(all.map(({ fresh }) => fresh)),
    again: cost(all.map(({ again }) => again)),
    complete: all.every(({ complete }) => complete),
  }
}

const costCells = (cost: Cost, own: Cost): string[] => [
  String(cost.requests),
  (cost.requests / own.requests).toFixed(1),
  cost.seconds.toFixed(2),
  (cost.seconds / own.seconds).toFixed(1),
]
