import type { Service, ServiceConfiguration } from '@sigstore/protobuf-specs'
import { UserError } from '../runner/index.ts'
import { parseDocument } from './documents.ts'
import { type SigningServices, serviceUrl, timestampEndpoint } from './services.ts'

const mediaType = /^application\/vnd\.dev\.sigstore\.signingconfig\.v0\.2\+json$/
/** Newest API of each kind of service that this client speaks. */
const newest = { fulcio: 1, rekor: 2, timestamp: 1 } as const

/**
 * The services that a signing configuration (sigstore_trustroot.proto, SigningConfig) selects at a time.
 * @throws UserError when it is not one, or has fewer services than it demands
 */
export async function servicesOf(text: string, what: string, now: Date): Promise<SigningServices> {
  const { ServiceSelector, SigningConfig } = await import('@sigstore/protobuf-specs')
  const config = parseDocument(text, what, mediaType, (json) => SigningConfig.fromJSON(json))
  const select = (
    services: readonly Service[],
    wish: ServiceConfiguration | undefined,
    version: number,
    kind: string,
  ): Service[] => {
    const usable = newestByOperator(services, version, now)
    switch (wish?.selector) {
      case undefined:
        return []
      case ServiceSelector.ALL:
        return usable
      case ServiceSelector.EXACT:
      case ServiceSelector.ANY: {
        const count = wish.selector === ServiceSelector.ANY ? 1 : wish.count
        if (count >= 1 && usable.length >= count) return usable.slice(0, count)
        throw new UserError(`${what} demands ${count} ${kind}, and has ${usable.length} that can be used now`)
      }
      default:
        throw new UserError(`${what} does not say how many ${kind} it demands`)
    }
  }
  const logs = select(config.rekorTlogUrls, config.rekorTlogConfig, newest.rekor, 'transparency logs')
  const timestamps = select(config.tsaUrls, config.tsaConfig, newest.timestamp, 'timestamp authorities')
  const [fulcio] = newestByOperator(config.caUrls, newest.fulcio, now)
  return {
    fulcio: fulcio && serviceUrl(fulcio.url, what),
    logs: logs.map(({ url, majorApiVersion }) => ({
      url: serviceUrl(url, what),
      version: majorApiVersion === 2 ? 2 : 1,
    })),
    timestampAuthorities: timestamps.map(({ url }) => timestampEndpoint(url, what)),
  }
}

// At most one of each operator: the newest API we speak, then the one that began last; one that begins later is no choice yet.
function newestByOperator(services: readonly Service[], newestVersion: number, now: Date): Service[] {
  const chosen = new Map<string, Service>()
  for (const service of services
    .filter(({ majorApiVersion }) => majorApiVersion <= newestVersion)
    .filter(isOpen(now))
    .sort(newestFirst)) {
    if (!chosen.has(service.operator)) chosen.set(service.operator, service)
  }
  return [...chosen.values()]
}

const isOpen =
  (now: Date) =>
  ({ validFor }: Service): boolean =>
    (validFor?.start === undefined || validFor.start <= now) && (validFor?.end === undefined || now <= validFor.end)

const newestFirst = (left: Service, right: Service): number =>
  right.majorApiVersion - left.majorApiVersion || startOf(right) - startOf(left)

const startOf = ({ validFor }: Service): number => validFor?.start?.getTime() ?? 0
