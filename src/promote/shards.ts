import { hostOfAddress } from './address.ts'
import type { PromotionPlan } from './plan.ts'

/** A part of a plan that one job can do: everything at some destination hosts. A quota belongs to a host, which is never cut. */
export interface Shard {
  readonly name: string
  /** As the input `hosts` takes them; sorted. */
  readonly hosts: readonly string[]
  /** An estimate: what its registries and stores will be asked. */
  readonly requests: number
  /** What will be sent to them, where nothing can be mounted. */
  readonly bytes: number
}

interface Load {
  readonly requests: number
  readonly bytes: number
}

/** A request takes about as long as this many bytes. */
const bytesOfRequest = 1 << 20

/** GitHub starts no more jobs for one matrix. */
export const mostShards = 256

/**
 * Cuts a plan by destination hosts, one shard a host; where that is more than `most`, hosts share a shard so that all have
 * about the same to do. The largest comes first, since it ends last. Pure.
 */
export function shardsOf(plan: PromotionPlan, most: number): Shard[] {
  const loads = [...loadsOf(plan)].sort(([left, a], [right, b]) => weightOf(b) - weightOf(a) || (left < right ? -1 : 1))
  const bins = Array.from({ length: Math.min(most, loads.length) }, () => ({
    hosts: [] as string[],
    requests: 0,
    bytes: 0,
  }))
  for (const [host, load] of loads) {
    const lightest = bins.reduce((least, bin) => (weightOf(bin) < weightOf(least) ? bin : least))
    lightest.hosts.push(host)
    lightest.requests += load.requests
    lightest.bytes += load.bytes
  }
  return bins
    .sort((left, right) => weightOf(right) - weightOf(left))
    .map(({ hosts, requests, bytes }) => ({ name: nameOf(hosts), hosts: hosts.sort(), requests, bytes }))
}

const weightOf = ({ requests, bytes }: Load): number => requests * bytesOfRequest + bytes

const nameOf = (hosts: readonly string[]): string =>
  hosts.length === 1 ? (hosts[0] ?? '') : `${hosts[0]} and ${hosts.length - 1} more`

function loadsOf(plan: PromotionPlan): Map<string, Load> {
  const loads = new Map<string, Load>()
  const add = (destination: string, requests: number, bytes: number): void => {
    const host = hostOfAddress(destination)
    const load = loads.get(host) ?? { requests: 0, bytes: 0 }
    loads.set(host, { requests: load.requests + requests, bytes: load.bytes + bytes })
  }
  for (const { transfers } of plan.images) {
    for (const { destinations, blobs, manifests, evidence, tags } of transfers) {
      const requests = 2 * (blobs.length + evidence.length + tags.length) + manifests.length
      const bytes = blobs.reduce((sum, { size }) => sum + size, 0)
      for (const destination of destinations) add(destination, requests, bytes)
    }
  }
  for (const { destination, size } of plan.files) add(destination, 1, size)
  return loads
}
