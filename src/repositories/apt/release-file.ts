import { UserError } from '../../runner/index.ts'
import { formatParagraph, parseParagraph } from './deb822.ts'

/** An index file as Release lists it. */
export interface ReleaseFileEntry {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/** The Release file of a flat apt repository. */
export interface ReleaseFile {
  readonly origin: string
  readonly label: string
  /** Whole seconds. apt takes no Release that is older than the one it has, or dated in the future. */
  readonly date: Date
  /** apt refuses the repository from then on. */
  readonly validUntil: Date | undefined
  readonly architectures: readonly string[]
  readonly files: readonly ReleaseFileEntry[]
}

/**
 * Lists SHA256 only: apt fetches by the strongest hash listed, and by-hash holds this one.
 * Source: https://wiki.debian.org/DebianRepository/Format
 */
export function formatReleaseFile(release: ReleaseFile): string {
  const fields: [string, string | undefined][] = [
    ['Origin', release.origin],
    ['Label', release.label],
    ['Date', aptDate(release.date)],
    ['Valid-Until', release.validUntil && aptDate(release.validUntil)],
    ['Acquire-By-Hash', 'yes'],
    ['Architectures', release.architectures.join(' ')],
    ['SHA256', release.files.map(({ path, size, sha256 }) => `\n ${sha256} ${size} ${path}`).join('')],
  ]
  return formatParagraph(new Map(fields.filter((field): field is [string, string] => field[1] !== undefined)))
}

/** @throws UserError when the text was not written by `formatReleaseFile` */
export function parseReleaseFile(text: string): ReleaseFile {
  const fields = parseParagraph(text)
  const validUntil = fields.get('Valid-Until')
  const release: ReleaseFile = {
    origin: fields.get('Origin') ?? '',
    label: fields.get('Label') ?? '',
    date: new Date(fields.get('Date') ?? ''),
    validUntil: validUntil === undefined ? undefined : new Date(validUntil),
    architectures: fields.get('Architectures')?.split(' ') ?? [],
    files: [...(fields.get('SHA256') ?? '').matchAll(/\n ([0-9a-f]{64}) ([0-9]{1,15}) (\S+)/g)].map((match) => ({
      path: match[3] ?? '',
      size: Number(match[2]),
      sha256: match[1] ?? '',
    })),
  }
  if (formatReleaseFile(release) !== text) {
    throw new UserError('The Release file was written by another tool', {
      hint: 'Publish to an empty folder; its packages can be published there as well.',
    })
  }
  return release
}

/** `Sat, 21 Nov 2026 22:11:08 UTC`. */
const aptDate = (date: Date): string => date.toUTCString().replace('GMT', 'UTC')
