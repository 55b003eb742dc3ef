import { type ChildProcess, execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tool } from '../../test/program.ts'
import { type EvidenceKind, versionTag } from '../../test/signed-image.ts'

/** One promotion: what a tool is asked to do. */
export interface Route {
  /** `HOST/NAME` */
  readonly source: string
  /** Each `HOST/PREFIX`, below which the last part of the source's name is kept. */
  readonly destinations: readonly string[]
  /** All that the tools which copy tags must name. */
  readonly tags: readonly string[]
  readonly evidence: EvidenceKind
  /** For configuration files; also the tool's home. */
  readonly folder: string
  /** Is told each program that runs. */
  readonly watch?: (child: ChildProcess) => void
}

export interface Contender {
  readonly name: string
  /** The evidence that it can bring. */
  readonly brings: readonly EvidenceKind[]
  run(route: Route): Promise<void>
}

const both: readonly EvidenceKind[] = ['signatures', 'referrers']
const ownProgram = join(import.meta.dirname, '../../bin/k8s-release')

export const ours: Contender = own('k8s-release promote', () => [])

export const oursWithJournal: Contender = own('k8s-release promote --journal', ({ folder }) => [
  '--journal',
  join(folder, 'journal.jsonl'),
])

export const craneTags: Contender = perTag('crane copy, per tag', 'crane', (from, to) => ['copy', from, to])

export const craneAll: Contender = perDestination('crane copy -a', both, 'crane', ({ source }, to) => [
  'copy',
  '-a',
  source,
  to,
])

export const skopeoTags: Contender = perTag('skopeo copy --all, per tag', 'skopeo', skopeoCopy)

export const skopeoRetrying: Contender = perTag('skopeo copy --all --retry-times 5', 'skopeo', (from, to) =>
  skopeoCopy(from, to, '--retry-times=5'),
)

export const skopeoSync: Contender = perDestination('skopeo sync --all', ['signatures'], 'skopeo', ({ source }, to) => [
  '--insecure-policy',
  'sync',
  '--all',
  '--src=docker',
  '--dest=docker',
  '--src-tls-verify=false',
  '--dest-tls-verify=false',
  source,
  to.slice(0, to.lastIndexOf('/')),
])

export const orasTags: Contender = perTag('oras cp, per tag', 'oras', (from, to) => ['cp', ...orasPlain, from, to])

export const orasRecursive: Contender = perDestination('oras cp -r', ['referrers'], 'oras', ({ source }, to) => [
  'cp',
  '-r',
  ...orasPlain,
  `${source}:${versionTag}`,
  `${to}:${versionTag}`,
])

export const regsync: Contender = {
  name: 'regsync',
  brings: both,
  async run(route) {
    const hosts = [route.source, ...route.destinations].map((address) => address.split('/', 1)[0])
    const configuration = {
      version: 1,
      creds: hosts.map((registry) => ({ registry, tls: 'disabled' })),
      sync: targetsOf(route).map((target) => ({
        source: `${route.source}:${versionTag}`,
        target: `${target}:${versionTag}`,
        type: 'image',
        digestTags: route.evidence === 'signatures',
        referrers: route.evidence === 'referrers',
      })),
    }
    const path = join(route.folder, 'regsync.yml')
    await writeFile(path, JSON.stringify(configuration)) // JSON is YAML
    await execute(tool('regsync'), ['once', '--config', path], route)
  },
}

function own(name: string, optionsOf: (route: Route) => readonly string[]): Contender {
  return {
    name,
    brings: both,
    async run(route) {
      const to = route.destinations.flatMap((destination) => ['--to', destination])
      const image = `${route.source}:${versionTag}`
      await execute(ownProgram, ['promote', '--images', image, ...to, ...optionsOf(route)], route)
    },
  }
}

const orasPlain = ['--from-plain-http', '--to-plain-http']

function skopeoCopy(from: string, to: string, ...options: readonly string[]): string[] {
  const plain = ['--src-tls-verify=false', '--dest-tls-verify=false']
  return ['--insecure-policy', 'copy', '--all', ...plain, ...options, `docker://${from}`, `docker://${to}`]
}

/** A tool that copies one tag to one place at a time. It cannot know what speaks of an image. */
function perTag(name: string, program: string, argsOf: (from: string, to: string) => readonly string[]): Contender {
  return {
    name,
    brings: ['signatures'],
    async run(route) {
      for (const target of targetsOf(route)) {
        for (const tag of route.tags) {
          await execute(tool(program), argsOf(`${route.source}:${tag}`, `${target}:${tag}`), route)
        }
      }
    },
  }
}

function perDestination(
  name: string,
  brings: readonly EvidenceKind[],
  program: string,
  argsOf: (route: Route, target: string) => readonly string[],
): Contender {
  return {
    name,
    brings,
    async run(route) {
      for (const target of targetsOf(route)) await execute(tool(program), argsOf(route, target), route)
    },
  }
}

function targetsOf({ source, destinations }: Route): string[] {
  const name = source.slice(source.lastIndexOf('/') + 1)
  return destinations.map((destination) => `${destination}/${name}`)
}

async function execute(program: string, args: readonly string[], { folder, watch }: Route): Promise<void> {
  const environment = { PATH: process.env.PATH, HOME: folder, DOCKER_CONFIG: folder }
  const options = { cwd: folder, env: environment, maxBuffer: 2 ** 26, timeout: 180_000 }
  const running = promisify(execFile)(program, args, options)
  watch?.(running.child)
  await running
}
