import { UserError } from '../../runner/index.ts'
import { type IndexType, indexTypes } from './entry.ts'

/** An index file as repomd.xml lists it. */
export interface RepomdData {
  /** Of the file as it lies there, compressed. */
  readonly sha256: string
  readonly size: number
  /** Of the XML inside. */
  readonly openSha256: string
  readonly openSize: number
}

export interface Repomd {
  /** Seconds since 1970; grows with every publication. */
  readonly revision: number
  readonly data: Readonly<Record<IndexType, RepomdData>>
}

/** Name of an index file in the repository: a client that has read an older repomd.xml still finds the one it needs. */
export const indexPath = (type: IndexType, sha256: string): string => `repodata/${sha256}-${type}.xml.gz`

/** repomd.xml, the file of an rpm repository that is signed: all else follows from its digests. */
export function formatRepomd({ revision, data }: Repomd): string {
  const list = indexTypes.map((type) => {
    const { sha256, size, openSha256, openSize } = data[type]
    return `  <data type="${type}">
    <checksum type="sha256">${sha256}</checksum>
    <open-checksum type="sha256">${openSha256}</open-checksum>
    <location href="${indexPath(type, sha256)}"/>
    <timestamp>${revision}</timestamp>
    <size>${size}</size>
    <open-size>${openSize}</open-size>
  </data>
`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
  <revision>${revision}</revision>
${list.join('')}</repomd>
`
}

/** @throws UserError when the text is no repomd.xml of this project's form: three gzip files named by their SHA-256 */
export function parseRepomd(text: string): Repomd {
  const revision = Number(/<revision>([0-9]{1,15})<\/revision>/.exec(text)?.[1])
  const data = indexTypes.map((type): [IndexType, RepomdData] => {
    const block = new RegExp(`<data type="${type}">.*?</data>`, 's').exec(text)?.[0] ?? ''
    return [
      type,
      {
        sha256: /<checksum type="sha256">([0-9a-f]{64})</.exec(block)?.[1] ?? '',
        size: Number(/<size>([0-9]{1,15})</.exec(block)?.[1]),
        openSha256: /<open-checksum type="sha256">([0-9a-f]{64})</.exec(block)?.[1] ?? '',
        openSize: Number(/<open-size>([0-9]{1,15})</.exec(block)?.[1]),
      },
    ]
  })
  // indexTypes are all the keys of the record.
  const repomd: Repomd = { revision, data: Object.fromEntries(data) as Record<IndexType, RepomdData> }
  if (formatRepomd(repomd) !== text) {
    throw new UserError('repomd.xml was written by another tool', {
      hint: 'Publish to an empty folder; its packages can be published there as well.',
    })
  }
  return repomd
}
