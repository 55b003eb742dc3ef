import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Block, heading, table, text } from '../../src/runner/index.ts'
import type { Round } from './round.ts'
import { writeManifestTree } from './tree.ts'

const size = { projects: 75, digests: 20_000, regions: 22 }
const rounds = 5

/** Reads, lints and plans a tree as large as registry.k8s.io's, in a new process each time; the median of five. */
export async function manifestsTable(): Promise<Block[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-tree-'))
  try {
    const tree = join(folder, 'tree')
    await writeManifestTree(tree, size)
    // The first round leaves compiled code, as an action has it from its bundle.
    const cache = join(folder, 'compiled')
    await measure(tree, cache)
    const all: Round[] = []
    for (let round = 0; round < rounds; round++) all.push(await measure(tree, cache))
    const [first] = all
    if (!first) throw new Error('there is a round')
    const median = (of: (round: Round) => number): number => all.map(of).sort((a, b) => a - b)[rounds >> 1] ?? 0
    const seconds = (of: (round: Round) => number): string => (median(of) / 1000).toFixed(2)
    const { projects, digests, regions } = size
    return [
      heading(`${projects} projects, ${digests} digests, ${regions} regions: ${first.edges} edges`),
      table(
        ['', 'Read, s', 'Lint, s', 'Plan, s', 'Together, s', 'Limit, s', 'Most memory, MB', 'Limit, MB'],
        [
          [
            'k8s-release',
            seconds(({ read }) => read),
            seconds(({ lint }) => lint),
            seconds(({ plan }) => plan),
            seconds(({ read, lint, plan }) => read + lint + plan),
            '2',
            (median(({ memory }) => memory) / 1e6).toFixed(0),
            '300',
          ],
        ],
      ),
      text(
        `${first.findings} findings; ${first.planned} images are missing in one region. The plan compares every tag with the ` +
          `lists of ${first.lists} repositories; to make and parse those took ${seconds(({ listing }) => listing)} s more.`,
      ),
      text(peer),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** It plans against registries only, and only against those that list digests as Google's do, so that it can't run here. */
const peer =
  `kpromo has no plan without its registries, and no lint. Of it is known: one list for each of 10 176 repositories of
the real tree, 20 at a time; its replication compared 987 000 edges in about 11 minutes (kubernetes-sigs/promo-tools#1750).`
    .split('\n')
    .join(' ')

async function measure(tree: string, cache: string): Promise<Round> {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'round.ts'), tree]
  const environment = { PATH: process.env.PATH, NODE_COMPILE_CACHE: cache }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: environment })
  const round: Round = JSON.parse(stdout)
  return round
}
