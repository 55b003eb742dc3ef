import {
  type Digest,
  formatPlatform,
  type ImageReference,
  type Platform,
  parseReference,
  parseTag,
  type Tag,
} from '../oci/index.ts'
import { suggest, UserError } from '../runner/index.ts'
import type { MainPackage } from './main-packages.ts'
import { parseTarget, type Target } from './target.ts'

/** An image to make: one command on a base. */
export interface ImageSpec {
  readonly name: string
  readonly command: string
  /** Undefined for `scratch`. */
  readonly base: ImageReference | undefined
  /** `UID:GID`, or a name that the base knows. */
  readonly user: string
  readonly entrypoint: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly platforms: readonly Platform[]
}

/** Where the command lies in an image: on PATH of every common base, and of scratch. */
export const commandFolder = 'usr/local/bin'

/** Of `nonroot` in the distroless images; Kubernetes can tell from a number that it is not root. */
const defaultUser = '65532:65532'

const keys = ['name', 'main-package', 'base', 'user', 'entrypoint', 'labels', 'platforms']

/**
 * The input `images`: a YAML list; one image for each command on scratch where it is absent.
 * @throws UserError that names the entry and the key
 */
export function parseImages(input: unknown, mains: readonly MainPackage[], targets: readonly Target[]): ImageSpec[] {
  const linux = targets.map(({ platform }) => platform).filter(({ os }) => os === 'linux')
  if (input === undefined) return linux.length === 0 ? [] : mains.map(({ command }) => defaultImage(command, linux))
  if (!Array.isArray(input))
    throw new UserError("Input 'images' is not a list", { hint: 'Write a YAML list of images, or [] for none.' })
  const specs = input.map((entry: unknown, index) => parseImage(entry, `images[${index}]`, mains, linux))
  const twice = specs.find(({ name }, index) => specs.findIndex((other) => other.name === name) !== index)
  if (twice) throw new UserError(`Two images are called '${twice.name}'`)
  return specs.sort((left, right) => (left.name < right.name ? -1 : 1))
}

const defaultImage = (command: string, platforms: readonly Platform[]): ImageSpec => ({
  name: requireImageName(command.toLowerCase(), `the command ${command}`),
  command,
  base: undefined,
  user: defaultUser,
  entrypoint: [`/${commandFolder}/${command}`],
  labels: {},
  platforms,
})

function parseImage(entry: unknown, at: string, mains: readonly MainPackage[], linux: readonly Platform[]): ImageSpec {
  if (!isMap(entry)) throw new UserError(`${at} is not a map`, { hint: `Its keys: ${keys.join(', ')}.` })
  for (const key of Object.keys(entry)) {
    if (keys.includes(key)) continue
    const near = suggest(key, keys)
    throw new UserError(`${at}: unknown key '${key}'`, {
      hint: near ? `Did you mean '${near}'?` : `Known: ${keys.join(', ')}.`,
    })
  }
  const text = (key: string): string | undefined => {
    const value = entry[key]
    if (value === undefined || typeof value === 'string') return value
    throw new UserError(`${at}: ${key} is not text`, { hint: `Put it in quotes: "${String(value)}".` })
  }
  const texts = (key: string): readonly string[] | undefined => {
    const value = entry[key]
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) return value
    throw new UserError(`${at}: ${key} is not a list of texts`)
  }
  const name = requireImageName(text('name') ?? '', at)
  const command = findCommand(text('main-package'), name, mains, at)
  const base = parseBase(text('base') ?? 'scratch', at)
  return {
    name,
    command,
    base,
    user: parseUser(text('user') ?? defaultUser, base === undefined, at),
    entrypoint: texts('entrypoint') ?? [`/${commandFolder}/${command}`],
    labels: parseLabels(entry.labels ?? {}, at),
    platforms: choosePlatforms(texts('platforms'), linux, at),
  }
}

function requireImageName(name: string, at: string): string {
  try {
    if (!/[:@]/.test(name) && parseReference(`example.com/${name}`).name === name) return name
  } catch {
    // Told below in the words of this input.
  }
  throw new UserError(`${at}: '${name}' is not a name of an image`, {
    hint: "Give the image a 'name' of lower-case letters, digits, '.', '_', '-' and '/', such as hello.",
  })
}

function findCommand(wanted: string | undefined, name: string, mains: readonly MainPackage[], at: string): string {
  const only = mains.length === 1 ? mains[0] : undefined
  const folder = wanted?.replace(/^\.\//, '')
  const found = mains.find(({ command, importPath, directory }) =>
    wanted === undefined ? command === name : [command, importPath].includes(wanted) || directory === folder,
  )
  const main = found ?? (wanted === undefined ? only : undefined)
  if (main) return main.command
  throw new UserError(
    `${at}: ${wanted === undefined ? `no main package for '${name}'` : `'${wanted}' is no main package of this build`}`,
    {
      hint: `Give 'main-package' as one of: ${mains.map(({ directory }) => `./${directory}`).join(', ')}.`,
    },
  )
}

function parseBase(text: string, at: string): ImageReference | undefined {
  if (text === 'scratch') return undefined
  const base = parseReference(text)
  if (base.location.kind === 'registry' && !base.digest) {
    throw new UserError(`${at}: the base '${text}' has no digest: what is behind a tag changes`, {
      hint: `Pin it as ${text.replace(/:[^:/]*$/, '')}@sha256:…; 'crane digest ${text}' prints it.`,
    })
  }
  if (!base.digest && !base.tag) throw new UserError(`${at}: the base '${text}' has neither tag nor digest`)
  return base
}

function parseUser(user: string, isScratch: boolean, at: string): string {
  const pattern = isScratch ? /^\d+(:\d+)?$/ : /^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/
  if (pattern.test(user)) return user
  throw new UserError(`${at}: '${user}' is not a user`, {
    hint: isScratch ? 'On scratch there are no names; write numbers: UID or UID:GID.' : 'Write UID:GID.',
  })
}

function parseLabels(labels: unknown, at: string): Readonly<Record<string, string>> {
  if (!isMap(labels)) throw new UserError(`${at}: labels is not a map`)
  const entries = Object.entries(labels).map(([key, value]): [string, string] => {
    if (typeof value !== 'string')
      throw new UserError(`${at}: label '${key}' is not text`, { hint: 'Put its value in quotes.' })
    return [key, value]
  })
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)))
}

function choosePlatforms(
  wanted: readonly string[] | undefined,
  linux: readonly Platform[],
  at: string,
): readonly Platform[] {
  const known = linux.map(formatPlatform)
  const chosen = wanted ? wanted.map((text) => formatPlatform(parseTarget(text).platform)) : known
  const other = chosen.find((name) => !known.includes(name))
  if (other || chosen.length === 0) {
    throw new UserError(`${at}: ${other ? `the platform ${other} is not built` : 'no Linux platform is built'}`, {
      hint: "Images are for Linux; name the platform in the input 'platforms' too.",
    })
  }
  return linux.filter((platform) => chosen.includes(formatPlatform(platform)))
}

/** A tag has no `+`; Kubernetes writes `_` for it. */
export const imageTag = (version: string): Tag => parseTag(version.replaceAll('+', '_'))

/** Package URL of a base, which names it the same on every machine. Source: purl-spec, type oci. */
export function basePackageUrl({ location, name }: ImageReference, digest: Digest): string {
  const last = name.split('/').at(-1) ?? name
  const repository =
    location.kind === 'registry' ? [location.host, location.prefix, name].filter(Boolean).join('/') : undefined
  return `pkg:oci/${last}@${encodeURIComponent(digest)}${repository ? `?repository_url=${encodeURIComponent(repository)}` : ''}`
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
