import { UserError } from '../../runner/index.ts'
import { type ListedFile, packagePath } from '../repository.ts'
import { formatParagraph, type Paragraph, parseParagraph, splitParagraphs } from './deb822.ts'

/** A package as it stands in a Packages index. */
export interface AptEntry extends ListedFile {
  readonly architecture: string
  /** Its paragraph, with a final newline. */
  readonly paragraph: string
}

/** Fields that speak of the file in the repository, not of the package: a control file has none of them. */
const indexFields: readonly string[] = ['filename', 'size', 'sha256', 'md5sum', 'sha1', 'sha512']

/** The paragraph of a package: its control data, and where its file lies. */
export function aptEntry(control: Paragraph, file: ListedFile): AptEntry {
  const described = [...control].filter(([name]) => !indexFields.includes(name.toLowerCase()))
  const paragraph = new Map([
    ...described,
    ['Filename', file.path],
    ['Size', String(file.size)],
    ['SHA256', file.sha256],
  ])
  return { ...file, architecture: required(control, 'Architecture'), paragraph: formatParagraph(paragraph) }
}

/** Where a package lies in the repository. The epoch is no part of a file's name (Debian Policy 5.6.12). */
export function aptPath(control: Paragraph): string {
  const [name, version, architecture] = ['Package', 'Version', 'Architecture'].map((field) => required(control, field))
  return packagePath(`${architecture}/${name}_${version?.replace(/^[0-9]+:/, '')}_${architecture}.deb`)
}

/** The Packages index over all packages, in the order given. */
export const formatPackages = (entries: readonly AptEntry[]): string =>
  entries.map((entry) => entry.paragraph).join('\n')

/**
 * The packages that an index lists, each paragraph as it stands there.
 * @throws UserError
 */
export const parsePackages = (text: string): AptEntry[] =>
  splitParagraphs(text).map((paragraph) => {
    const fields = parseParagraph(paragraph)
    const sha256 = required(fields, 'SHA256')
    const size = required(fields, 'Size')
    if (!/^[0-9a-f]{64}$/.test(sha256) || !/^[0-9]{1,15}$/.test(size)) {
      throw new UserError(`The Packages index has no SHA256 and Size of '${fields.get('Package')}'`)
    }
    return {
      path: packagePath(required(fields, 'Filename').replace(/^\.\//, '')),
      size: Number(size),
      sha256,
      architecture: required(fields, 'Architecture'),
      paragraph: `${paragraph.replace(/\n+$/, '')}\n`,
    }
  })

function required(fields: Paragraph, name: string): string {
  const value = fields.get(name)
  if (!value) throw new UserError(`A package of the apt repository has no field '${name}'`)
  return value
}
