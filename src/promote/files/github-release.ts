import { openGitHub } from '../../github/index.ts'
import { type Step, UserError } from '../../runner/index.ts'
import type { Source } from './source.ts'

/** A release on GitHub, as far as it is promoted. Source: docs.github.com/rest/releases. */
export interface GitHubRelease {
  readonly tag: string
  readonly draft: boolean
  readonly prerelease: boolean
  readonly assets: readonly GitHubAsset[]
}

export interface GitHubAsset {
  readonly id: number
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** What GitHub computed when it was uploaded; releases before June 2025 have none. */
  readonly sha256?: string
}

interface Repository {
  readonly owner: string
  readonly repo: string
}

/** The address of a release's assets as a source. */
export const githubAddress = ({ owner, repo }: Repository, tag: string): string => `github:${owner}/${repo}/${tag}`

export const isGitHubRelease = (address: string): boolean => address.startsWith('github:')

/**
 * The assets of one release, read-only.
 * @param token GITHUB_TOKEN where absent, else anonymous
 * @throws UserError when the address names no release
 */
export function openGitHubRelease(address: string, token: string | undefined, step: Step): Source {
  const [, owner, repo, tag] = /^github:([\w.-]+)\/([\w.-]+)\/(.+)$/.exec(address) ?? []
  if (owner === undefined || repo === undefined || tag === undefined) {
    throw new UserError(`'${address}' names no release`, { hint: 'Write github:OWNER/REPOSITORY/TAG.' })
  }
  let release: Promise<GitHubRelease> | undefined
  const assetOf = async (name: string): Promise<GitHubAsset | undefined> => {
    release ??= readRelease({ owner, repo }, tag, token, step)
    return (await release).assets.find((asset) => asset.name === name)
  }
  return {
    address,
    async stat(name) {
      const asset = await assetOf(name)
      return asset && { name, size: asset.size, ...(asset.sha256 === undefined ? {} : { sha256: asset.sha256 }) }
    },
    async *read(name) {
      const asset = await assetOf(name)
      if (!asset) throw new UserError(`${address}: the release has no asset '${name}'`)
      const { GITHUB_API_URL, GITHUB_TOKEN } = step.environment
      const authorization = token ?? GITHUB_TOKEN
      if (authorization) step.secret(authorization)
      const response = await step.http.request({
        // The asset's own address is not taken from the answer: the token goes where it belongs.
        url: `${GITHUB_API_URL || 'https://api.github.com'}/repos/${owner}/${repo}/releases/assets/${asset.id}`,
        headers: {
          accept: 'application/octet-stream',
          ...(authorization ? { authorization: `Bearer ${authorization}` } : {}),
        },
      })
      if (!(response.ok && response.body)) {
        throw new UserError(`${address}: GitHub answers ${response.status} for the asset '${name}'`)
      }
      yield* response.body
    },
  }
}

/** @throws UserError when there is no such release */
export async function readRelease(
  repository: Repository,
  tag: string,
  token: string | undefined,
  step: Step,
): Promise<GitHubRelease> {
  const github = await openGitHub(token, step)
  const found = await github.request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...repository, tag })
  if (found === undefined) {
    throw new UserError(`${githubAddress(repository, tag)}: there is no such release`, {
      hint: 'Check the tag; a draft is no release yet, and one of a private repository needs a token.',
    })
  }
  return parseRelease(found)
}

/** All releases of a repository, newest first. @throws UserError when there is no such repository */
export async function listReleases(
  repository: Repository,
  token: string | undefined,
  step: Step,
): Promise<GitHubRelease[]> {
  const github = await openGitHub(token, step)
  const releases: GitHubRelease[] = []
  for (let page = 1; ; page++) {
    const found = await github.request('GET /repos/{owner}/{repo}/releases', { ...repository, per_page: 100, page })
    if (!Array.isArray(found)) {
      throw new UserError(`github:${repository.owner}/${repository.repo}: there is no such repository`)
    }
    releases.push(...found.map(parseRelease))
    if (found.length < 100) return releases
  }
}

function parseRelease(json: unknown): GitHubRelease {
  const { tag_name: tag, draft, prerelease, assets } = membersOf(json)
  if (typeof tag !== 'string' || !Array.isArray(assets))
    throw new UserError('GitHub answers something else than a release')
  return { tag, draft: draft === true, prerelease: prerelease === true, assets: assets.map(parseAsset) }
}

function parseAsset(json: unknown): GitHubAsset {
  const { id, name, size, digest } = membersOf(json)
  if (typeof id !== 'number' || typeof name !== 'string' || typeof size !== 'number') {
    throw new UserError('GitHub answers something else than the asset of a release')
  }
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(String(digest)) ?? []
  return { id, name, size, ...(sha256 === undefined ? {} : { sha256 }) }
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}
