import { readFile } from 'node:fs/promises'
import { parseLocation } from '../oci/index.ts'
import { describeError, type Location, type Step, suggest, UserError } from '../runner/index.ts'
import { isStoreAddress } from '../storage/index.ts'
import { parseStrictYaml, type StrictYaml } from '../yaml/index.ts'
import { type Claims, claim } from './claims.ts'
import {
  formatRegistry,
  type Mirror,
  type MirrorState,
  type Mirrors,
  mirrorStates,
  type RegistryLocation,
  type Vendor,
} from './policy.ts'

/**
 * Reads a mirrors policy; its JSON schema is schema/mirrors.schema.json. Paths of `file:` stores are made absolute.
 * @throws UserError with file, line and column of the first mistake
 */
export async function readMirrors(path: string, step: Step): Promise<Mirrors> {
  const source = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`Cannot read the mirrors policy ${path}: ${describeError(error)}`)
  })
  const mirrors = parseMirrors(source, path)
  const vendors = mirrors.vendors.map((vendor) => ({
    ...vendor,
    mirrors: vendor.mirrors.map((mirror) =>
      mirror.files?.startsWith('file:')
        ? { ...mirror, files: `file:${step.resolvePath(mirror.files.slice(5))}` }
        : mirror,
    ),
  }))
  return { ...mirrors, vendors }
}

/**
 * A mirrors policy by its text.
 * @throws UserError with file, line and column of the first mistake
 */
export function parseMirrors(source: string, file: string): Mirrors {
  const yaml = parseStrictYaml(source, file)
  const { canonical, vendors } = yaml.record(yaml.root, 'the mirrors policy', ['canonical', 'vendors'])
  const claims: Claims = { vendors: new Map(), registries: new Map(), stores: new Map() }
  const read = yaml.list(vendors, 'vendors').map((node) => readVendor(yaml, node, claims))
  if (read.length === 0) {
    throw new UserError('there are no vendors', {
      hint: "List at least one below 'vendors', with a name, a share and mirrors.",
      location: yaml.locate(vendors ?? yaml.root),
    })
  }
  requireWholeShare(read, yaml, vendors)
  return { canonical: readCanonical(yaml, canonical, read), vendors: read }
}

function readVendor(yaml: StrictYaml, node: unknown, claims: Claims): Vendor {
  const { name: nameNode, share, mirrors } = yaml.record(node, 'a vendor', ['name', 'share', 'mirrors'])
  const name = readWord(yaml, nameNode ?? node, yaml.text(nameNode, 'the name of a vendor'), 'the name of a vendor', 16)
  claim(claims.vendors, name, yaml.locate(nameNode), `the vendor '${name}'`)
  const regions = new Map<string, Location>()
  const read = yaml.list(mirrors, `the mirrors of ${name}`).map((mirror) => readMirror(yaml, mirror, claims, regions))
  if (read.length === 0) throw new UserError(`the vendor '${name}' has no mirrors`, { location: yaml.locate(node) })
  return { name, share: readShare(yaml, share ?? node, yaml.text(share, `the share of ${name}`), name), mirrors: read }
}

function readMirror(yaml: StrictYaml, node: unknown, claims: Claims, regions: Map<string, Location>): Mirror {
  const fields = yaml.record(node, 'a mirror', ['region', 'registry', 'files', 'serves', 'state'])
  const readRegion = (given: unknown): string => {
    const region = readWord(yaml, given ?? node, yaml.text(given, 'a region'), 'a region', 29)
    claim(regions, region, yaml.locate(given), `the region '${region}'`)
    return region
  }
  const region = readRegion(fields.region)
  const registry = readRegistry(yaml, fields.registry ?? node, yaml.text(fields.registry, 'registry'))
  claimRegistry(claims, registry, yaml.locate(fields.registry))
  const files = yaml.text(fields.files, 'files')
  if (files !== undefined) {
    if (!isStoreAddress(files)) {
      throw new UserError(`'${files}' is not where files can lie`, {
        hint: 'Write gs://BUCKET/PREFIX, s3://BUCKET/PREFIX or file:FOLDER.',
        location: yaml.locate(fields.files),
      })
    }
    claim(claims.stores, files, yaml.locate(fields.files), `the store '${files}'`)
  }
  return {
    region,
    registry,
    ...(files === undefined ? {} : { files }),
    serves: [region, ...yaml.list(fields.serves, 'serves').map(readRegion)],
    state: readState(yaml, fields.state),
  }
}

// The longest that fits a bucket of nginx's map beside each other is 46 characters: VENDOR/REGION.
function readWord(yaml: StrictYaml, node: unknown, text: string | undefined, what: string, longest: number): string {
  if (text !== undefined && text.length <= longest && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)) return text
  throw new UserError(text === undefined ? `${what} is missing` : `${what} is not a word: '${text}'`, {
    hint: `Write up to ${longest} lower-case letters and digits, with - between them.`,
    location: yaml.locate(node),
  })
}

function readShare(yaml: StrictYaml, node: unknown, text: string | undefined, vendor: string): number {
  const share = text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  if (share <= 100) return share
  throw new UserError(
    text === undefined ? `the vendor '${vendor}' has no share` : `the share of ${vendor} is no per cent: '${text}'`,
    { hint: 'Write a whole number from 0 to 100.', location: yaml.locate(node) },
  )
}

function readState(yaml: StrictYaml, node: unknown): MirrorState {
  const text = yaml.text(node, 'state') ?? 'serving'
  const state = mirrorStates.find((known) => known === text)
  if (state) return state
  const near = suggest(text, mirrorStates)
  throw new UserError(`a mirror has the unknown state '${text}'`, {
    hint: near ? `Did you mean '${near}'?` : `Known are ${mirrorStates.join(' and ')}.`,
    location: yaml.locate(node),
  })
}

function readRegistry(yaml: StrictYaml, node: unknown, text: string | undefined): RegistryLocation {
  const at = { hint: 'Write HOST/PATH, such as registry.example.com/images.', location: yaml.locate(node) }
  if (text === undefined) throw new UserError('a registry is missing', at)
  try {
    const location = parseLocation(text)
    if (location.kind === 'registry') return location
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, at)
  }
  throw new UserError(`'${text}' is not a registry, and cannot serve clients`, at)
}

/** Nor may one registry lie inside another: a repository there would belong to both. */
function claimRegistry({ registries }: Claims, registry: RegistryLocation, location: Location): void {
  const text = formatRegistry(registry)
  for (const other of registries.keys()) {
    if (!`${text}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${text}/`)) continue
    if (other !== text)
      throw new UserError(`the registries '${text}' and '${other}' lie inside each other`, { location })
  }
  claim(registries, text, location, `the registry '${text}'`)
}

function requireWholeShare(vendors: readonly Vendor[], yaml: StrictYaml, node: unknown): void {
  const sum = vendors.reduce((total, { share }) => total + share, 0)
  if (sum === 100) return
  throw new UserError(`the shares of the vendors add up to ${sum}, not 100`, { location: yaml.locate(node) })
}

function readCanonical(yaml: StrictYaml, node: unknown, vendors: readonly Vendor[]): RegistryLocation {
  const registry = readRegistry(yaml, node ?? yaml.root, yaml.text(node, 'canonical'))
  const text = formatRegistry(registry)
  const all = vendors.flatMap(({ mirrors }) => mirrors)
  const mirror = all.find((candidate) => formatRegistry(candidate.registry) === text)
  if (!mirror) {
    const near = suggest(
      text,
      all.map((candidate) => formatRegistry(candidate.registry)),
    )
    throw new UserError(`canonical is the registry of no mirror: '${text}'`, {
      hint: near ? `Did you mean '${near}'?` : 'List it below a vendor, too.',
      location: yaml.locate(node),
    })
  }
  if (mirror.state === 'drained') {
    throw new UserError('canonical is drained, and nothing would be left to fall back to', {
      location: yaml.locate(node),
    })
  }
  return registry
}
