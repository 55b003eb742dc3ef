/** The parts of a package URL, unencoded. Source: ECMA-427, Package-URL specification. */
interface PackageUrl {
  readonly type: 'generic' | 'github' | 'golang' | 'oci'
  /** Namespace and name, with slashes. */
  readonly path: string
  readonly version?: string | undefined
  readonly qualifiers?: Readonly<Record<string, string | undefined>>
  readonly subpath?: string | undefined
}

/** Types whose definition has namespace and name in lower case. */
const lowerCased = new Set(['github', 'golang', 'oci'])

/** The canonical text: qualifiers sorted, absent and empty parts left out. */
export function formatPackageUrl({ type, path, version, qualifiers = {}, subpath }: PackageUrl): string {
  const segments = (text: string): string => text.split('/').filter(Boolean).map(encode).join('/')
  const pairs = Object.entries(qualifiers)
    .flatMap(([key, value]) => (value ? [`${key}=${encode(value)}`] : []))
    .sort()
  return [
    `pkg:${type}/${segments(lowerCased.has(type) ? path.toLowerCase() : path)}`,
    version ? `@${encode(version)}` : '',
    pairs.length > 0 ? `?${pairs.join('&')}` : '',
    subpath ? `#${segments(subpath)}` : '',
  ].join('')
}

/** Everything but letters, digits, `.`, `-`, `_`, `~` and the colon, which the specification never encodes. */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':')
