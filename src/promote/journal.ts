import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isDigest, parseTag } from '../oci/index.ts'
import { describeError, UserError } from '../runner/index.ts'
import { formatPlace, type ImageWish, type Place } from './images/index.ts'

/**
 * What earlier runs brought to an end, one JSON object a line: `{source, digest, destination, tags}`. It only saves
 * questions: of an image that stands in it the tags are still looked at, but not each referrer. Without it the next run
 * asks for more, and comes to the same end.
 */
export interface Journal {
  isDone(source: Place, image: ImageWish, destination: Place): boolean
  note(source: Place, image: ImageWish, destination: Place): Promise<void>
}

export const noJournal: Journal = { isDone: () => false, note: async () => undefined }

/** @throws UserError when the file cannot be read */
export async function openJournal(path: string): Promise<Journal> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new UserError(`Cannot read the journal ${path}: ${describeError(error)}`)
  })
  const done = new Set(text.split('\n').flatMap(keyOfLine))
  // What a kill has torn ends here.
  let separator = text === '' || text.endsWith('\n') ? '' : '\n'
  return {
    isDone: (source, image, destination) => done.has(keyOf(entryOf(source, image, destination))),
    async note(source, image, destination) {
      const entry = entryOf(source, image, destination)
      const key = keyOf(entry)
      if (done.has(key)) return
      done.add(key)
      await mkdir(dirname(path), { recursive: true })
      // One short write at the end of the file: a kill leaves whole lines, and one torn line at most.
      const line = `${separator}${JSON.stringify(entry)}\n`
      separator = ''
      await appendFile(path, line)
    },
  }
}

interface Entry {
  readonly source: string
  readonly digest: string
  readonly destination: string
  readonly tags: readonly string[]
}

const entryOf = (source: Place, { digest, tags }: ImageWish, destination: Place): Entry => ({
  source: formatPlace(source),
  digest,
  destination: formatPlace(destination),
  tags: [...tags].sort(),
})

const keyOf = ({ source, digest, destination, tags }: Entry): string => [source, digest, destination, ...tags].join(' ')

/** A line that was torn by a kill, or is something else, counts for nothing. */
function keyOfLine(line: string): string[] {
  try {
    const { source, digest, destination, tags } = JSON.parse(line)
    const isEntry =
      typeof source === 'string' && isDigest(String(digest)) && typeof destination === 'string' && Array.isArray(tags)
    return isEntry ? [keyOf({ source, digest, destination, tags: tags.map((tag) => parseTag(String(tag))) })] : []
  } catch {
    return []
  }
}
