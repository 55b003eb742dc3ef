import { type ImageLocation, parseReference } from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { openDistribution } from './distribution.ts'
import { openLayout } from './layout.ts'
import type { Repository } from './repository.ts'
import { openTransport, type Transport } from './transport.ts'

export interface RepositoryOptions {
  /** Hosts (with their port) to speak plain HTTP to; loopback always is. */
  readonly plainHttp?: readonly string[]
}

const transports = new WeakMap<Step, Map<string, Transport>>()

/**
 * Opens the repository `name` below a location. Nothing is read or written yet.
 * @throws UserError when the name is no repository name
 */
export function openRepository(
  location: ImageLocation,
  name: string,
  step: Step,
  options: RepositoryOptions = {},
): Repository {
  if (location.kind === 'layout') return openLayout(location.path, name)
  const full = [location.prefix, name].filter(Boolean).join('/')
  if (name === '') throw new UserError(`No repository name below ${location.host}/${location.prefix}`)
  parseReference(`${location.host}/${full}`)
  return openDistribution(sharedTransport(location.host, options.plainHttp ?? [], step), full, step)
}

/** One for each host in a step, so that what was learnt of the host holds for all its repositories. */
function sharedTransport(host: string, plainHttp: readonly string[], step: Step): Transport {
  const hosts = transports.get(step) ?? new Map<string, Transport>()
  transports.set(step, hosts)
  const key = `${host} ${plainHttp.includes(host)}`
  const transport = hosts.get(key) ?? openTransport(host, plainHttp, step)
  hosts.set(key, transport)
  return transport
}
