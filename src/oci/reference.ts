import { UserError } from '../errors/index.ts'
import { type Digest, parseDigest } from './digest.ts'

/** A tag, checked against the distribution specification. */
export type Tag = string & { readonly __tag: never }

/** Where images lie: a layout folder, or a registry with an optional path before every repository name. */
export type ImageLocation =
  | { readonly kind: 'layout'; readonly path: string }
  | { readonly kind: 'registry'; readonly host: string; readonly prefix: string }

/** One image: `oci:PATH:NAME[:TAG][@DIGEST]` or `HOST/REPOSITORY[:TAG][@DIGEST]`. */
export interface ImageReference {
  readonly location: ImageLocation
  /** Repository name below the location. */
  readonly name: string
  readonly tag?: Tag
  readonly digest?: Digest
}

const namePattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?$/
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/** @throws UserError */
export function parseTag(text: string): Tag {
  if (!tagPattern.test(text)) {
    throw new UserError(`'${text}' is not a tag`, {
      hint: 'A tag has up to 128 letters, digits, _ . - and starts with none of . and -.',
    })
  }
  return text as Tag
}

/**
 * `oci:PATH` or `HOST[/PATH]` → where images lie.
 * @throws UserError
 */
export function parseLocation(text: string): ImageLocation {
  if (text.startsWith('oci:') && text.length > 4) return { kind: 'layout', path: text.slice(4) }
  const slash = text.indexOf('/')
  const host = slash < 0 ? text : text.slice(0, slash)
  const prefix = slash < 0 ? '' : text.slice(slash + 1).replace(/\/$/, '')
  if (!hostPattern.test(host) || !(host.includes('.') || host.includes(':') || host === 'localhost')) {
    throw new UserError(`'${text}' is not where images can lie`, {
      hint: 'Write oci:FOLDER or HOST/PATH, such as registry.example.com/project.',
    })
  }
  if (prefix !== '' && !namePattern.test(prefix))
    throw new UserError(`'${prefix}' in '${text}' is not a repository name`)
  return { kind: 'registry', host, prefix }
}

/**
 * `HOST/REPOSITORY[:TAG][@DIGEST]` or `oci:PATH:NAME[:TAG][@DIGEST]` → one image.
 * @throws UserError
 */
export function parseReference(text: string): ImageReference {
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : parseDigest(text.slice(at + 1), `digest of '${text}'`)
  const rest = at < 0 ? text : text.slice(0, at)
  const match = text.startsWith('oci:')
    ? /^oci:(?<path>[^:]+):(?<name>[^:]+)(?::(?<tag>[^:/]+))?$/.exec(rest)
    : /^(?<path>[^/]+)\/(?<name>[^:]+)(?::(?<tag>[^:/]+))?$/.exec(rest)
  const { path, name, tag } = match?.groups ?? {}
  if (!path || !name || !namePattern.test(name)) {
    throw new UserError(`'${text}' is not an image reference`, {
      hint: 'Write HOST/REPOSITORY:TAG, HOST/REPOSITORY@sha256:… or oci:FOLDER:NAME:TAG.',
    })
  }
  return {
    location: text.startsWith('oci:') ? { kind: 'layout', path } : parseLocation(path),
    name,
    ...(tag ? { tag: parseTag(tag) } : {}),
    ...(digest ? { digest } : {}),
  }
}

/** The reference as text, with the digest last. */
export function formatReference(reference: ImageReference): string {
  const { location, name, tag, digest } = reference
  const start =
    location.kind === 'layout'
      ? `oci:${location.path}:`
      : [location.host, location.prefix, ''].filter((part, index) => part || index === 2).join('/')
  return `${start}${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`
}
