import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Descriptor, mediaTypes, parseIndex } from '../oci/index.ts'
import { describeError, UserError } from '../runner/index.ts'

/** Annotation that names an entry of index.json; here `name:tag`. Source: OCI image layout, index.json. */
export const referenceName = 'org.opencontainers.image.ref.name'

/** 64 MiB: more than a hundred thousand entries. */
const largestIndex = 1 << 26

/**
 * Entries of the layout's index.json; none when there is no layout yet.
 * @throws UserError when the folder holds something else, or a file of it is malformed
 */
export async function readEntries(root: string): Promise<readonly Descriptor[]> {
  const marker = await readText(join(root, 'oci-layout'))
  if (marker === undefined) return []
  requireVersion(marker, root)
  const text = await readText(join(root, 'index.json'))
  return text === undefined ? [] : parseIndex(Buffer.from(text), join(root, 'index.json')).manifests
}

/**
 * Makes the layout when there is none: `oci-layout` first, so that a folder without it is never taken for one.
 * @throws UserError when the folder holds something else
 */
export async function createLayout(root: string): Promise<void> {
  const marker = await readText(join(root, 'oci-layout'))
  if (marker !== undefined) requireVersion(marker, root)
  try {
    if (marker === undefined) {
      const present = await readdir(root).catch(() => [])
      if (present.some((name) => !name.startsWith('.'))) {
        throw new UserError(`${root} is not an OCI image layout: it has files, but no 'oci-layout'`, {
          hint: 'Name an empty or new folder.',
        })
      }
      await mkdir(root, { recursive: true })
      await replaceFile(root, 'oci-layout', '{"imageLayoutVersion":"1.0.0"}')
    }
    await mkdir(join(root, 'blobs', 'sha256'), { recursive: true })
    if ((await readText(join(root, 'index.json'))) === undefined) await writeEntries(root, [])
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`Cannot write the image layout ${root}: ${describeError(error)}`, {
      hint: 'Check that the folder is writable.',
      cause: error,
    })
  }
}

/** Writes index.json atomically: named entries by name, then the others by digest, so that order of work leaves no trace. */
export async function writeEntries(root: string, entries: readonly Descriptor[]): Promise<void> {
  const manifests = entries
    .map((entry): [string, Descriptor] => [sortKey(entry), sortMembers(entry)])
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, entry]) => entry)
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests }
  await replaceFile(root, 'index.json', `${JSON.stringify(index, null, 2)}\n`)
}

export const nameOf = (entry: Descriptor): string | undefined => entry.annotations?.[referenceName]

const sortKey = (entry: Descriptor): string =>
  `${nameOf(entry) === undefined ? 1 : 0} ${nameOf(entry) ?? ''} ${entry.digest}`

function sortMembers({ mediaType, digest, size, annotations, ...others }: Descriptor): Descriptor {
  const sorted = annotations && Object.entries(annotations).sort(([left], [right]) => (left < right ? -1 : 1))
  return { mediaType, digest, size, ...others, ...(sorted ? { annotations: Object.fromEntries(sorted) } : {}) }
}

function requireVersion(marker: string, root: string): void {
  let version: unknown
  try {
    version = JSON.parse(marker)?.imageLayoutVersion
  } catch {
    // Reported below, as any other content.
  }
  if (version !== '1.0.0') {
    throw new UserError(`${root} is not an OCI image layout of version 1.0.0`, {
      hint: `Its file 'oci-layout' must hold {"imageLayoutVersion":"1.0.0"}.`,
    })
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > largestIndex) throw new UserError(`${path} is too large`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error instanceof UserError ? error : new UserError(`Cannot read ${path}: ${describeError(error)}`)
  }
}

async function replaceFile(root: string, name: string, text: string): Promise<void> {
  const temporary = join(root, `.incoming-${randomUUID()}`)
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(root, name))
  } finally {
    await rm(temporary, { force: true })
  }
}
