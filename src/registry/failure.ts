import { UserError } from '../runner/index.ts'

/** Longer answers than this are no error messages. */
const longestMessage = 64 << 10

const hints: Readonly<Record<number, string>> = {
  401: "Log in with 'docker login', or give the job credentials for this host.",
  403: 'The account may not do this here; check its permissions on the repository.',
  413: 'The registry takes no document of this size.',
  429: 'The quota of the host is used up; run it again later, it goes on where it stopped.',
}

/** What a registry says went wrong, in one line: `HOST: WHAT: 403 DENIED: requested access to the resource is denied`. */
export async function failure(response: Response, host: string, what: string): Promise<UserError> {
  const said = await messageOf(response)
  const hint = hints[response.status]
  return new UserError(`${host}: ${what}: ${[response.status, said].filter(Boolean).join(' ')}`, hint ? { hint } : {})
}

/** Source: distribution specification, "Error Codes". */
async function messageOf(response: Response): Promise<string> {
  const bytes = await readBounded(response, longestMessage)
  if (!bytes) return ''
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (typeof json !== 'object' || json === null || !('errors' in json) || !Array.isArray(json.errors)) return ''
    return json.errors
      .slice(0, 3)
      .map(({ code, message }: { code?: unknown; message?: unknown }) => [code, message].filter(isText).join(': '))
      .join('; ')
      .replace(/\s+/g, ' ')
      .slice(0, 300)
  } catch {
    return ''
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The whole body of an answer; undefined when it is longer than the limit. */
export async function readBounded(response: Response, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(response)) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body as it comes; leaving the loop early closes the connection. */
export async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
