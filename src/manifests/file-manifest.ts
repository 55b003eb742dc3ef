import { type Location, UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'
import type { Finding } from './finding.ts'
import { readBoolean, requireText, splitSource } from './value.ts'

/**
 * Which files go from one store to others. Source: kubernetes-sigs/promo-tools, api/files.
 */
export interface FileManifest {
  /** The folder in a tree; the base name of a single file. */
  readonly project: string
  /** Where the filestores are. */
  readonly location: Location
  /** Address of the store that has them: `gs://BUCKET/PREFIX`, `s3://BUCKET/PREFIX` or `file:FOLDER`, without a last slash. */
  readonly source: string
  /** Addresses of the stores that shall have them. */
  readonly destinations: readonly string[]
  /** By name; one that is there twice is here twice. */
  readonly files: readonly ManifestFile[]
  /** What can't be promoted as it is written; the rest can. */
  readonly findings: readonly Finding[]
}

export interface ManifestFile {
  /** Path below the store, with `/`; leads nowhere else. */
  readonly name: string
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly location: Location
}

/**
 * A manifest with `filestores` and `files` in one file.
 * @throws UserError with file, line and column
 */
export function parseFileManifest(yaml: StrictYaml, project: string): FileManifest {
  const { filestores, files } = yaml.record(yaml.root, 'the manifest', ['filestores', 'files'])
  return { project, ...readStores(yaml, filestores), ...sorted([readFiles(yaml, files)]) }
}

/**
 * `filestores/<project>/filepromoter-manifest.yaml` with all of `manifests/<project>/*.yaml`.
 * @throws UserError with file, line and column
 */
export function parseFileManifestTree(yaml: StrictYaml, lists: readonly StrictYaml[], project: string): FileManifest {
  const { filestores } = yaml.record(yaml.root, 'the manifest', ['filestores'])
  const read = lists.map((list) => readFiles(list, list.record(list.root, 'the list of files', ['files']).files))
  return { project, ...readStores(yaml, filestores), ...sorted(read) }
}

function readStores(yaml: StrictYaml, node: unknown): Pick<FileManifest, 'location' | 'source' | 'destinations'> {
  const found = yaml.list(node, 'filestores').map((item) => {
    const { base, src } = yaml.record(item, 'a filestore', ['base', 'src', 'service-account'])
    const address = parseStoreAddress(requireText(yaml, base, 'the base of a filestore', item))
    if (address === undefined) {
      throw new UserError('the base of a filestore is no address of a store', {
        hint: 'Write gs://BUCKET/PREFIX, s3://BUCKET/PREFIX or file:FOLDER.',
        location: yaml.locate(base),
      })
    }
    return { address, isSource: readBoolean(yaml, src, 'src'), item }
  })
  const { source, destinations } = splitSource(yaml, found, { what: 'filestore', list: 'filestores', node })
  return {
    location: yaml.locate(node),
    source: source.address,
    destinations: destinations.map(({ address }) => address),
  }
}

/** The address without its last slash; undefined when it is none. */
export function parseStoreAddress(text: string): string | undefined {
  const address = text.length > 'file:/'.length ? text.replace(/\/+$/, '') : text
  const pattern = /^(?:(?:gs|s3):\/\/[a-z0-9][a-z0-9._-]{1,221}[a-z0-9](?:\/(?<prefix>[^\\?#]+))?|file:.+)$/
  const match = pattern.exec(address)
  if (!match) return undefined
  return match.groups?.prefix !== undefined && !isFileName(match.groups.prefix) ? undefined : address
}

function readFiles(yaml: StrictYaml, node: unknown): { files: ManifestFile[]; findings: Finding[] } {
  const files: ManifestFile[] = []
  const findings: Finding[] = []
  for (const item of yaml.list(node, 'files')) {
    const record = yaml.record(item, 'a file', ['name', 'sha256'])
    const name = requireText(yaml, record.name, 'the name of a file', item)
    const sha256 = requireText(yaml, record.sha256, 'the sha256 of a file', item)
    const location = yaml.locate(record.name)
    if (!isFileName(name)) {
      findings.push({ location, rule: 'file-name', message: `'${name}' is not a path below a store` })
    } else if (!/^[0-9a-fA-F]{64}$/.test(sha256)) {
      const message = `'${sha256}' is not a SHA-256 hash: 64 hexadecimal digits`
      findings.push({ location: yaml.locate(record.sha256), rule: 'sha256', message })
    } else files.push({ name, sha256: sha256.toLowerCase(), location })
  }
  return { files, findings }
}

/** Whether a name is a path with `/` that leads nowhere but below its store, and is the same in every store. */
export function isFileName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (name === '' || name.length > 1024 || /[\\\u0000-\u001f\u007f]/.test(name)) return false
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** Several lists as one, by name; files of one name stay in the order in which they are written. */
function sorted(
  lists: readonly { readonly files: readonly ManifestFile[]; readonly findings: readonly Finding[] }[],
): Pick<FileManifest, 'files' | 'findings'> {
  const files = lists.flatMap((list) => list.files)
  return {
    files: files.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0)),
    findings: lists.flatMap((list) => list.findings),
  }
}
