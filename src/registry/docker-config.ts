import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError, runCommand, type Step, UserError } from '../runner/index.ts'
import type { Credentials } from './credentials.ts'

interface DockerAuth {
  readonly auth?: string
  readonly username?: string
  readonly password?: string
  readonly identitytoken?: string
}

/** The parts of docker's config.json that hold credentials. */
interface DockerConfig {
  readonly auths: Readonly<Record<string, DockerAuth>>
  readonly credHelpers: Readonly<Record<string, string>>
  readonly credsStore: string | undefined
}

/** The name under which docker keeps the credentials of Docker Hub. */
const dockerHubServer = 'https://index.docker.io/v1/'

/**
 * What docker's config.json has for a registry host: by its helper for the host, its own entry, or its store.
 * @throws UserError when the config is malformed or a helper fails
 */
export async function dockerCredentials(host: string, step: Step): Promise<Credentials | undefined> {
  const config = await readDockerConfig(step)
  const server = host === 'docker.io' ? dockerHubServer : host
  const helper = config?.credHelpers[host]
  return (
    (helper === undefined ? undefined : await askHelper(helper, server, step)) ??
    (config && storedCredentials(config, host)) ??
    (config?.credsStore === undefined ? undefined : await askHelper(config.credsStore, server, step))
  )
}

async function readDockerConfig(step: Step): Promise<DockerConfig | undefined> {
  const { DOCKER_CONFIG, HOME, USERPROFILE } = step.environment
  const home = HOME || USERPROFILE
  if (!(DOCKER_CONFIG || home)) return undefined
  const path = join(DOCKER_CONFIG || join(home ?? '', '.docker'), 'config.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  }
  try {
    const json: unknown = JSON.parse(text)
    if (!isRecord(json)) throw new Error('it is not an object')
    const { auths, credHelpers, credsStore } = json
    return {
      auths: Object.fromEntries(Object.entries(isRecord(auths) ? auths : {}).filter(hasRecordValue)),
      credHelpers: Object.fromEntries(Object.entries(isRecord(credHelpers) ? credHelpers : {}).filter(hasTextValue)),
      credsStore: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
    }
  } catch {
    // The parser's message would quote the file, which holds passwords.
    throw new UserError(`${path} is not docker's config.json`, { hint: 'Mend it, or log in again.' })
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const hasRecordValue = (entry: [string, unknown]): entry is [string, Record<string, string>] => isRecord(entry[1])
const hasTextValue = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string'

function storedCredentials(config: DockerConfig, host: string): Credentials | undefined {
  const servers = [host, `https://${host}`, `https://${host}/`, `https://${host}/v1/`, `https://${host}/v2/`]
  for (const server of host === 'docker.io' ? [dockerHubServer, ...servers] : servers) {
    const entry = config.auths[server]
    const credentials = entry && credentialsOf(entry)
    if (credentials) return credentials
  }
  return undefined
}

function credentialsOf(entry: DockerAuth): Credentials | undefined {
  if (typeof entry.identitytoken === 'string' && entry.identitytoken !== '') {
    return { kind: 'identity token', token: entry.identitytoken }
  }
  if (typeof entry.auth === 'string' && entry.auth !== '') {
    const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '')
    const colon = decoded.indexOf(':')
    if (colon < 1) return undefined
    return { kind: 'basic', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
  }
  if (typeof entry.username === 'string' && typeof entry.password === 'string' && entry.username !== '') {
    return { kind: 'basic', username: entry.username, password: entry.password }
  }
  return undefined
}

/** Source: docker-credential-helpers, "Development". */
async function askHelper(name: string, server: string, step: Step): Promise<Credentials | undefined> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw new UserError(`'${name}' in docker's config.json is not the name of a credential helper`)
  }
  const command = `docker-credential-${name}`
  const result = await runCommand(command, ['get'], {
    input: server,
    environment: step.environment,
    signal: step.signal,
    allowFailure: true,
  })
  if (result.exitCode !== 0) {
    // The protocol has no exit code for "none"; its programs share this sentence.
    if (/credentials not found/i.test(result.stdout + result.stderr)) return undefined
    throw new UserError(`${command} failed for ${server}: ${result.stderr.trim() || `exit code ${result.exitCode}`}`)
  }
  const answer = parseAnswer(result.stdout)
  if (!answer) throw new UserError(`${command} did not answer with credentials for ${server}`)
  // Username `<token>` says that the secret is an identity token.
  return answer.username === '<token>'
    ? { kind: 'identity token', token: answer.secret }
    : { kind: 'basic', username: answer.username, password: answer.secret }
}

function parseAnswer(text: string): { username: string; secret: string } | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(json)) return undefined
  const { Username: username, Secret: secret } = json
  return typeof username === 'string' && typeof secret === 'string' ? { username, secret } : undefined
}
