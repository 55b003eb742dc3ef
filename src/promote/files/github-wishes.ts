import { createHash } from 'node:crypto'
import type { ReleaseConfig } from '../../manifests/index.ts'
import { describeError, type Location, type Step, UserError } from '../../runner/index.ts'
import { type GitHubRelease, githubAddress, listReleases, openGitHubRelease, readRelease } from './github-release.ts'
import { evidenceByFile, kindOfName } from './manifest-wishes.ts'
import type { FileWish } from './wish.ts'

/** What configurations of GitHub releases ask for, and what of it can't be promoted. */
export interface ReleaseWishes {
  readonly files: readonly FileWish[]
  readonly malformed: readonly { readonly what: string; readonly message: string; readonly location: Location }[]
}

/**
 * The assets of each release, below its tag. Every one is held to a SHA-256: the one that GitHub computed when it was uploaded,
 * else the one that the release's own SHA256SUMS gives.
 * @param token GITHUB_TOKEN where absent, else anonymous
 */
export async function wishOfReleases(
  configs: readonly ReleaseConfig[],
  token: string | undefined,
  step: Step,
): Promise<ReleaseWishes> {
  const files: FileWish[] = []
  const malformed: ReleaseWishes['malformed'][number][] = []
  const attempt = async (location: Location, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      malformed.push({ what: 'release', message: describeError(error), location })
    }
  }
  for (const config of configs) {
    const { organization: owner, repository: repo, location } = config
    await attempt(location, async () => {
      const wanted = config.tags.length > 0 ? config.tags : await publishedTags(config, token, step)
      for (const tag of wanted) {
        await attempt(location, async () => {
          const release = await readRelease({ owner, repo }, tag, token, step)
          const hashes = await hashesOf(release, githubAddress({ owner, repo }, tag), token, step)
          const unproven = release.assets.filter(({ name }) => !hashes.has(name)).map(({ name }) => name)
          files.push(...assetWishes(config, release, hashes))
          if (unproven.length > 0) throw withoutHash(githubAddress({ owner, repo }, tag), unproven)
        })
      }
    })
  }
  return { files, malformed }
}

async function publishedTags(config: ReleaseConfig, token: string | undefined, step: Step): Promise<string[]> {
  const { organization: owner, repository: repo, includePrereleases } = config
  const releases = await listReleases({ owner, repo }, token, step)
  return releases.filter(({ draft, prerelease }) => !draft && (includePrereleases || !prerelease)).map(({ tag }) => tag)
}

function assetWishes(
  { organization: owner, repository: repo, destination }: ReleaseConfig,
  { tag, assets }: GitHubRelease,
  hashes: ReadonlyMap<string, string>,
): FileWish[] {
  const evidence = evidenceByFile(assets.map(({ name }) => name))
  return assets.flatMap(({ name, size }): FileWish[] => {
    const sha256 = hashes.get(name)
    if (sha256 === undefined) return []
    return [
      {
        kind: kindOfName(name),
        name: `${tag}/${name}`,
        source: { address: githubAddress({ owner, repo }, tag), name },
        sha256,
        size,
        destination,
        evidence: (evidence.get(name) ?? []).map((other) => `${tag}/${other}`),
      },
    ]
  })
}

const checksumsName = 'SHA256SUMS'
/** Bytes; a list of ten thousand files. */
const largestChecksums = 1 << 20

/** SHA-256 of the assets by name, of those that have one. */
async function hashesOf(
  { assets }: GitHubRelease,
  address: string,
  token: string | undefined,
  step: Step,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map(assets.flatMap(({ name, sha256 }) => (sha256 === undefined ? [] : [[name, sha256] as const])))
  const checksums = assets.find(({ name }) => name === checksumsName)
  if (hashes.size === assets.length || !checksums || checksums.size > largestChecksums) return hashes
  const chunks: Uint8Array[] = []
  for await (const chunk of openGitHubRelease(address, token, step).read(checksumsName)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  // Nothing vouches for the list itself but that it is the one that was read.
  const own = hashes.get(checksumsName) ?? createHash('sha256').update(bytes).digest('hex')
  return new Map([...parseChecksums(bytes.toString()), ...hashes, [checksumsName, own]])
}

/** Lines of `sha256sum`: the hash, a space, a space or `*`, the name. */
export function parseChecksums(text: string): Map<string, string> {
  const lines = text.split(/\r?\n/).map((line) => /^([0-9a-f]{64}) [ *](?:\.\/)?(.+)$/.exec(line))
  return new Map(lines.flatMap((match) => (match?.[1] && match[2] ? [[match[2], match[1]] as const] : [])))
}

const withoutHash = (address: string, names: readonly string[]): UserError =>
  new UserError(`${address}: nothing tells the SHA-256 of ${names.join(', ')}`, {
    hint: `GitHub computes it for what is uploaded since June 2025; upload the assets again, or add ${checksumsName}.`,
  })
