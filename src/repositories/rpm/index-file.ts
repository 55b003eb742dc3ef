import { UserError } from '../../runner/index.ts'
import { packagePath } from '../repository.ts'
import type { IndexType, RpmEntry } from './entry.ts'
import { unescapeXml } from './xml.ts'

const roots: Readonly<Record<IndexType, { readonly name: string; readonly namespaces: string }>> = {
  primary: {
    name: 'metadata',
    namespaces: ' xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm"',
  },
  filelists: { name: 'filelists', namespaces: ' xmlns="http://linux.duke.edu/metadata/filelists"' },
  other: { name: 'otherdata', namespaces: ' xmlns="http://linux.duke.edu/metadata/other"' },
}

/** One index file over all packages, in the order given. */
export function indexFile(type: IndexType, entries: readonly RpmEntry[]): string {
  const { name, namespaces } = roots[type]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<${name}${namespaces} packages="${entries.length}">\n`,
    ...entries.map((entry) => entry.elements[type]),
    `</${name}>\n`,
  ].join('')
}

/**
 * The packages that three index files list, each element as it stands there.
 * Only what identifies a package is read; the files were proven by a signature before.
 * @throws UserError when they are none, or do not list the same packages
 */
export function parseIndexFiles(files: Readonly<Record<IndexType, string>>): RpmEntry[] {
  const byId = {
    primary: elementsById('primary', files.primary, /<checksum type="sha256" pkgid="YES">([0-9a-f]{64})<\/checksum>/),
    filelists: elementsById('filelists', files.filelists, /^<package [^>]*\bpkgid="([0-9a-f]{64})"/),
    other: elementsById('other', files.other, /^<package [^>]*\bpkgid="([0-9a-f]{64})"/),
  }
  return [...byId.primary].map(([sha256, primary]) => {
    const filelists = byId.filelists.get(sha256)
    const other = byId.other.get(sha256)
    if (filelists === undefined || other === undefined) throw notIndex('filelists or other', `${sha256} is missing`)
    const path = /<location\b[^>]*\bhref="([^"]*)"/.exec(primary)?.[1]
    const size = /<size\b[^>]*\bpackage="([0-9]+)"/.exec(primary)?.[1]
    if (path === undefined || size === undefined) throw notIndex('primary', `${sha256} has no location or size`)
    return {
      path: packagePath(unescapeXml(path)),
      size: Number(size),
      sha256,
      elements: { primary, filelists, other },
    }
  })
}

// A `<` in text is always escaped, so an element can be cut out by its tags unless comments or CDATA are about.
function elementsById(type: IndexType, text: string, identity: RegExp): Map<string, string> {
  const count = new RegExp(`<${roots[type].name}\\b[^>]*\\bpackages="([0-9]+)"`).exec(text)?.[1]
  if (count === undefined || text.includes('<!')) throw notIndex(type, 'its root element is not as expected')
  const elements = new Map<string, string>()
  for (const [element] of text.matchAll(/<package [^>]*>.*?<\/package>\n?/gs)) {
    const id = identity.exec(element)?.[1]
    if (id === undefined) throw notIndex(type, 'a package has no SHA-256 checksum')
    elements.set(id, element.endsWith('\n') ? element : `${element}\n`)
  }
  if (elements.size !== Number(count)) throw notIndex(type, `it lists ${elements.size} of ${count} packages`)
  return elements
}

const notIndex = (type: string, reason: string): UserError =>
  new UserError(`The ${type} index of the rpm repository cannot be read: ${reason}`, {
    hint: 'Publish to an empty folder, or make the index again with a SHA-256 of every package.',
  })
