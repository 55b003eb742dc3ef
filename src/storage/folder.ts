import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describeError, UserError } from '../runner/index.ts'
import type { Store } from './store.ts'

/** The store `file:PATH`: a folder, made at the first write. */
export function openFolder(address: string, path: string): Store {
  const root = resolve(path)

  const digestOf = async (name: string): Promise<string | undefined> => {
    const target = await containedPath(root, name)
    const found = await lstat(target).catch(absent)
    if (!found) return undefined
    if (!found.isFile()) throw new UserError(`${address}: '${name}' is not a file`)
    const hash = createHash('sha256')
    await pipeline(createReadStream(target), hash)
    return hash.digest('hex')
  }

  return {
    address,
    digestOf,
    async write(name, source, sha256) {
      const existing = await digestOf(name)
      if (existing === sha256) return
      if (existing !== undefined) throw overwrite(address, name, existing, sha256)
      const target = join(root, name)
      const temporary = `${target}.${randomUUID()}.tmp`
      try {
        await mkdir(dirname(target), { recursive: true })
        // The folders made just now, or by another meanwhile, must still lie inside.
        await containedPath(root, name)
        const copied = await copy(source, temporary)
        if (copied !== sha256) {
          throw new UserError(`Digest mismatch: ${source} was expected to be sha256:${sha256}, but is sha256:${copied}`)
        }
        await rename(temporary, target)
      } catch (error) {
        if (error instanceof UserError) throw error
        throw new UserError(`${address}: cannot write '${name}': ${describeError(error)}`, {
          hint: 'Check that the folder is writable and has space.',
          cause: error,
        })
      } finally {
        await rm(temporary, { force: true }).catch(() => undefined)
      }
    },
  }
}

function overwrite(address: string, name: string, existing: string, wanted: string): UserError {
  return new UserError(
    `${address}: '${name}' is there with other bytes: sha256:${existing} instead of sha256:${wanted}`,
    {
      hint: 'What was published is never overwritten: use another folder or version, or remove the file yourself.',
    },
  )
}

/** Copies and answers the SHA-256 of what was written; the bytes are on the disk then. */
async function copy(source: string, target: string): Promise<string> {
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(createReadStream(source), hashing, createWriteStream(target, { flags: 'wx', flush: true }))
  return hash.digest('hex')
}

/** The path of a name in the folder. @throws UserError when it would lead out, also by a link */
async function containedPath(root: string, name: string): Promise<string> {
  const parts = name.split('/')
  const malformed =
    name.includes('\\') || name.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..')
  if (malformed)
    throw new UserError(`'${name}' is not a name in a store`, { hint: 'Write it with / and without . or .. parts.' })
  const target = join(root, ...parts)
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
