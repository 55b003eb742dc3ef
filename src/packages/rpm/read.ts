import { type FileHandle, open } from 'node:fs/promises'
import { describeError, UserError } from '../../runner/index.ts'
import { decodeHeader, type Header, headerIntroLength, headerLength } from './header.ts'
import type { RpmDependency, RpmDependencyKind, RpmFile, RpmMetadata } from './metadata.ts'
import { fileFlags, senses, signatureTags, tags } from './tags.ts'

const leadLength = 96
const leadMagic = Buffer.from([0xed, 0xab, 0xee, 0xdb, 3])

/**
 * Reads the headers of a package (RPM v4), not its payload. Digests and signature are not checked here.
 * @throws UserError when the file is no package, or is a broken one
 */
export async function readRpm(path: string): Promise<RpmMetadata> {
  const file = await open(path).catch((error: unknown) => {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  })
  try {
    return await readMetadata(file)
  } catch (error) {
    throw new UserError(`${path} is not an rpm package: ${(error as Error).message}`, {
      hint: 'It was cut off or changed; make the package again.',
      cause: error,
    })
  } finally {
    await file.close()
  }
}

async function readMetadata(file: FileHandle): Promise<RpmMetadata> {
  const lead = await readAt(file, 0, leadLength)
  if (!lead.subarray(0, leadMagic.length).equals(leadMagic)) throw new Error('it does not begin like one')
  const signature = await readHeader(file, leadLength)
  const start = Math.ceil(signature.end / 8) * 8
  const main = await readHeader(file, start)
  return describe(signature.header, main.header, { start, end: main.end })
}

async function readHeader(file: FileHandle, start: number): Promise<{ header: Header; end: number }> {
  const length = headerLength(await readAt(file, start, headerIntroLength))
  return { header: decodeHeader(await readAt(file, start, length)), end: start + length }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { size } = await file.stat()
  if (position + length > size) throw new Error('it is cut off')
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw new Error('it is cut off')
  return buffer
}

function describe(signature: Header, header: Header, headerRange: RpmMetadata['headerRange']): RpmMetadata {
  const name = textOf(header, tags.name)
  const version = textOf(header, tags.version)
  const release = textOf(header, tags.release)
  const architecture = textOf(header, tags.architecture)
  if (!name || !version || !release || !architecture) {
    throw new Error('its header has no name, version, release or architecture')
  }
  const signed = signature.get(signatureTags.rsaHeader) ?? signature.get(signatureTags.eddsaHeader)
  const buildTime = numberOf(header, tags.buildTime)
  return {
    name,
    architecture,
    version: { epoch: numberOf(header, tags.epoch), version, release },
    summary: textOf(header, tags.summary),
    description: textOf(header, tags.description),
    packager: textOf(header, tags.packager),
    url: textOf(header, tags.url),
    license: textOf(header, tags.license),
    vendor: textOf(header, tags.vendor),
    group: textOf(header, tags.group),
    buildHost: textOf(header, tags.buildHost),
    sourcePackage: textOf(header, tags.sourceRpm),
    buildTime,
    installedSize: numberOf(header, tags.longSize) || numberOf(header, tags.size),
    archiveSize: numberOf(signature, signatureTags.longArchiveSize) || numberOf(signature, signatureTags.payloadSize),
    headerRange,
    dependencies: dependenciesOf(header),
    files: filesOf(header),
    changelog: changelogOf(header),
    ...(signed && 'bytes' in signed ? { signature: signed.bytes } : {}),
  }
}

const dependencyTags: Readonly<Record<RpmDependencyKind, readonly [name: number, version: number, flags: number]>> = {
  provides: [tags.provideName, tags.provideVersion, tags.provideFlags],
  requires: [tags.requireName, tags.requireVersion, tags.requireFlags],
  conflicts: [tags.conflictName, tags.conflictVersion, tags.conflictFlags],
  obsoletes: [tags.obsoleteName, tags.obsoleteVersion, tags.obsoleteFlags],
  suggests: [tags.suggestName, tags.suggestVersion, tags.suggestFlags],
  enhances: [tags.enhanceName, tags.enhanceVersion, tags.enhanceFlags],
  recommends: [tags.recommendName, tags.recommendVersion, tags.recommendFlags],
  supplements: [tags.supplementName, tags.supplementVersion, tags.supplementFlags],
}

function dependenciesOf(header: Header): RpmMetadata['dependencies'] {
  const read = (kind: RpmDependencyKind): RpmDependency[] => {
    const [nameTag, versionTag, flagsTag] = dependencyTags[kind]
    const versions = textsOf(header, versionTag)
    const flags = numbersOf(header, flagsTag)
    return textsOf(header, nameTag).map((name, index) => dependency(name, versions[index] ?? '', flags[index] ?? 0))
  }
  return {
    provides: read('provides'),
    requires: read('requires'),
    conflicts: read('conflicts'),
    obsoletes: read('obsoletes'),
    suggests: read('suggests'),
    enhances: read('enhances'),
    recommends: read('recommends'),
    supplements: read('supplements'),
  }
}

const comparisons = new Map<number, NonNullable<RpmDependency['comparison']>>([
  [senses.less, 'LT'],
  [senses.less | senses.equal, 'LE'],
  [senses.equal, 'EQ'],
  [senses.greater | senses.equal, 'GE'],
  [senses.greater, 'GT'],
])

function dependency(name: string, version: string, flags: number): RpmDependency {
  const comparison = comparisons.get(flags & (senses.less | senses.equal | senses.greater))
  return {
    name,
    ...(comparison ? { comparison } : {}),
    version,
    pre: (flags & (senses.prerequisite | senses.scriptPre | senses.scriptPost)) !== 0,
  }
}

const directoryMode = 0o040000
const fileTypeMask = 0o170000

function filesOf(header: Header): RpmFile[] {
  const directories = textsOf(header, tags.dirNames)
  const indexes = numbersOf(header, tags.dirIndexes)
  const modes = numbersOf(header, tags.fileModes)
  const flags = numbersOf(header, tags.fileFlags)
  return textsOf(header, tags.baseNames).map((base, index) => {
    const directory = directories[indexes[index] ?? -1]
    if (directory === undefined) throw new Error(`the file '${base}' has no folder`)
    const isDirectory = ((modes[index] ?? 0) & fileTypeMask) === directoryMode
    const isGhost = ((flags[index] ?? 0) & fileFlags.ghost) !== 0
    return { path: `${directory}${base}`, type: isDirectory ? 'dir' : isGhost ? 'ghost' : 'file' }
  })
}

function changelogOf(header: Header): RpmMetadata['changelog'] {
  const authors = textsOf(header, tags.changelogName)
  const texts = textsOf(header, tags.changelogText)
  const newestFirst = numbersOf(header, tags.changelogTime).map((time, index) => ({
    author: authors[index] ?? '',
    time,
    text: texts[index] ?? '',
  }))
  return newestFirst.reverse()
}

function textOf(header: Header, tag: number): string {
  const value = header.get(tag)
  return value && 'text' in value ? value.text : ''
}

function textsOf(header: Header, tag: number): readonly string[] {
  const value = header.get(tag)
  return value && 'texts' in value ? value.texts : []
}

function numbersOf(header: Header, tag: number): readonly number[] {
  const value = header.get(tag)
  return value && 'numbers' in value ? value.numbers : []
}

const numberOf = (header: Header, tag: number): number => numbersOf(header, tag)[0] ?? 0
