import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, lstat, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { copyContent } from './content.ts'
import { absentFile, largeDocument, overwriting } from './failure.ts'
import { holdingLock } from './lock.ts'
import { requireName, requirePrefix } from './name.ts'
import { largestDocument, type Store, type StoredDocument, type StoredFile } from './store.ts'

/** The store `file:PATH`: a folder, made at the first write. */
export function openFolder(address: string, path: string, step: Step): Store {
  const root = resolve(path)

  const sizeOf = async (name: string): Promise<number | undefined> => {
    const found = await lstat(await containedPath(root, name)).catch(absent)
    if (found && !found.isFile()) throw new UserError(`${address}: '${name}' is not a file`)
    return found?.size
  }

  const stat = async (name: string): Promise<StoredFile | undefined> => {
    const size = await sizeOf(name)
    if (size === undefined) return undefined
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(root, name)), hash, { signal: step.signal })
    return { name, size, sha256: hash.digest('hex') }
  }

  const readDocument = async (name: string): Promise<StoredDocument | undefined> => {
    const size = await sizeOf(name)
    if (size === undefined) return undefined
    if (size > largestDocument) throw largeDocument(address, name)
    const text = await readFile(join(root, name), 'utf8')
    return { text, version: text }
  }

  /** Makes a file beside its final place, and puts it there by `publish`. */
  const writing = async <T>(
    name: string,
    fill: (temporary: string) => Promise<void>,
    publish: (temporary: string, target: string) => Promise<T>,
  ): Promise<T> => {
    const target = join(root, name)
    const temporary = `${target}.${randomUUID()}${temporarySuffix}`
    try {
      await mkdir(dirname(target), { recursive: true })
      // The folders made just now, or by another meanwhile, must still lie inside.
      await containedPath(root, name)
      await fill(temporary)
      return await publish(temporary, target)
    } catch (error) {
      step.signal.throwIfAborted()
      if (error instanceof UserError) throw error
      throw new UserError(`${address}: cannot write '${name}': ${describeError(error)}`, {
        hint: 'Check that the folder is writable, has space, and lies on a file system with hard links.',
        cause: error,
      })
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined)
    }
  }

  /** Whether these bytes are there already. @throws UserError when others are */
  const isThere = async (name: string, sha256: string): Promise<boolean> => {
    const existing = (await stat(name))?.sha256
    if (existing !== undefined && existing !== sha256) throw overwriting(address, name, existing, sha256)
    return existing !== undefined
  }

  return {
    address,
    stat,
    readDocument,
    digestOf: async (name) => (await stat(name))?.sha256,
    async *read(name) {
      if ((await sizeOf(name)) === undefined) throw absentFile(address, name)
      yield* createReadStream(join(root, name), { highWaterMark: 1 << 18 })
    },
    async list(prefix) {
      requirePrefix(prefix)
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(absent)
      const names = (entries ?? [])
        .filter((entry) => entry.isFile() && !entry.name.endsWith(temporarySuffix))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((name) => name.startsWith(prefix))
      return await Promise.all(names.sort().map(async (name) => ({ name, size: (await lstat(join(root, name))).size })))
    },
    async write(name, content) {
      if (await isThere(name, content.sha256)) return false
      return await writing(
        name,
        (temporary) => copyContent(content, temporary, step),
        // Unlike a rename, a link never replaces what another has put there meanwhile.
        async (temporary, target) => {
          const linked = await link(temporary, target).then(() => true, existing)
          if (linked || (await isThere(name, content.sha256))) return linked
          throw new UserError(`${address}: '${name}' was removed while it was written`, { hint: 'Run it again.' })
        },
      )
    },
    async replaceDocument(name, text, replaced) {
      return await writing(
        name,
        (temporary) => writeFile(temporary, text, { flag: 'wx', flush: true }),
        (temporary, target) =>
          holdingLock(`${target}.lock${temporarySuffix}`, step.signal, async () => {
            if ((await readDocument(name))?.version !== replaced?.version) return false
            await rename(temporary, target)
            return true
          }),
      )
    },
  }
}

/** Of what is no file of the store, yet. */
const temporarySuffix = '.tmp'

/** The path of a name in the folder. @throws UserError when it would lead out, also by a link */
async function containedPath(root: string, name: string): Promise<string> {
  requireName(name)
  const target = join(root, ...name.split('/'))
  for (let folder = dirname(target); folder.length >= root.length; folder = dirname(folder)) {
    const real = await realpath(folder).catch(absent)
    if (real === undefined) continue
    const way = relative(await realpath(root), real)
    if (way === '..' || way.startsWith(`..${sep}`)) throw new UserError(`'${name}' leads out of ${root} by a link`)
    break
  }
  return target
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}

function existing(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false
  throw error
}
