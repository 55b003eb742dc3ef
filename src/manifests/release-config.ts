import { type Location, UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'
import { isFileName, parseStoreAddress } from './file-manifest.ts'
import { readBoolean, requireText } from './value.ts'

/**
 * The assets of GitHub releases that shall be in a store, each below `<destination>/<tag>/`.
 * Source: kubernetes-sigs/promo-tools, gh2gcs.
 */
export interface ReleaseConfig {
  readonly organization: string
  readonly repository: string
  /** Of the releases; empty: of all that are there. */
  readonly tags: readonly string[]
  /** Whether prereleases count where no tags are named. */
  readonly includePrereleases: boolean
  /** Address of the store with its prefix: `gs://BUCKET/DIRECTORY`, `s3://BUCKET/DIRECTORY` or `file:FOLDER`. */
  readonly destination: string
  readonly location: Location
}

/**
 * A file with `releaseConfigs`.
 * @throws UserError with file, line and column
 */
export function parseReleaseConfigs(yaml: StrictYaml): ReleaseConfig[] {
  const { releaseConfigs } = yaml.record(yaml.root, 'the configuration', ['releaseConfigs'])
  return yaml.list(releaseConfigs, 'releaseConfigs').map((item) => readConfig(yaml, item))
}

const keys = ['org', 'repo', 'tags', 'includePrereleases', 'gcsBucket', 'releaseDir'] as const

function readConfig(yaml: StrictYaml, item: unknown): ReleaseConfig {
  const record = yaml.record(item, 'a release configuration', keys)
  const name = (node: unknown, what: string): string => {
    const text = requireText(yaml, node, what, item)
    if (/^(?!\.+$)[A-Za-z0-9._-]+$/.test(text) && !text.startsWith('-')) return text
    throw new UserError(`${what} is no name on GitHub: '${text}'`, { location: yaml.locate(node) })
  }
  return {
    organization: name(record.org, 'org'),
    repository: name(record.repo, 'repo'),
    tags: yaml.list(record.tags, 'tags').map((tag) => readGitTag(yaml, tag, item)),
    includePrereleases: readBoolean(yaml, record.includePrereleases, 'includePrereleases'),
    destination: readDestination(yaml, record, item),
    location: yaml.locate(item),
  }
}

/** A git tag becomes a folder of the store, too. */
function readGitTag(yaml: StrictYaml, node: unknown, item: unknown): string {
  const tag = requireText(yaml, node, 'a tag', item)
  if (isFileName(tag) && !tag.startsWith('-') && !/[\s~^:?*[]|\.\.|@\{|\.lock$/.test(tag)) return tag
  throw new UserError(`'${tag}' is not a git tag`, { location: yaml.locate(node) })
}

function readDestination(
  yaml: StrictYaml,
  record: { readonly gcsBucket?: unknown; readonly releaseDir?: unknown },
  item: unknown,
): string {
  const bucket = requireText(yaml, record.gcsBucket, 'gcsBucket', item)
  const address = parseStoreAddress(/^\w+:/.test(bucket) ? bucket : `gs://${bucket}`)
  if (address === undefined) {
    throw new UserError(`gcsBucket is no bucket: '${bucket}'`, {
      hint: 'Write the name of a bucket, gs://BUCKET, s3://BUCKET or file:FOLDER.',
      location: yaml.locate(record.gcsBucket),
    })
  }
  const directory = yaml.text(record.releaseDir, 'releaseDir')?.replace(/\/+$/, '') ?? ''
  if (directory === '') return address
  if (!isFileName(directory)) {
    throw new UserError(`releaseDir is not a path below a store: '${directory}'`, {
      location: yaml.locate(record.releaseDir),
    })
  }
  return `${address}/${directory}`
}
