import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Block, heading, table } from '../../src/runner/index.ts'
import { openGateway } from '../../test/gateway.ts'
import { openRegistryRepository, type SignedImage, versionTag, writeSignedImage } from '../../test/signed-image.ts'
import {
  type Contender,
  craneAll,
  orasTags,
  ours,
  type Route,
  regsync,
  skopeoRetrying,
  skopeoTags,
} from './contenders.ts'
import { benchShape, isComplete } from './image.ts'
import { startCountingRegistry } from './registries.ts'

const contenders = [ours, craneAll, orasTags, skopeoTags, skopeoRetrying, regsync]

/** The same image to one registry that takes 20 requests a second, in bursts of 20, and says `Retry-After: 1` to the rest. */
export async function limitedTable(): Promise<Block[]> {
  const source = await startCountingRegistry()
  try {
    const image = await writeSignedImage(openRegistryRepository(source.host, 'staging/hello'), benchShape, 'signatures')
    const rows: string[][] = []
    for (const contender of contenders) rows.push(await measure(contender, `${source.host}/staging/hello`, image))
    const columns = ['Tool', 'Succeeded', 'Seconds', 'Requests', 'Refused', 'After the first second', 'Of all']
    return [heading('To one registry limited to 20 requests a second'), table(columns, rows)]
  } finally {
    await source.close()
  }
}

async function measure(contender: Contender, source: string, image: SignedImage): Promise<string[]> {
  const registry = await startCountingRegistry()
  const gateway = await openGateway(registry.port)
  const folder = await mkdtemp(join(tmpdir(), 'bench-home-'))
  try {
    gateway.limit({ perSecond: 20, burst: 20 })
    const begin = performance.now()
    const destinations = [`${gateway.host}/prod`]
    const route: Route = {
      source,
      destinations,
      tags: [versionTag, ...image.signatures.keys()],
      evidence: 'signatures',
      folder,
    }
    const succeeded = await contender.run(route).then(
      () => true,
      () => false,
    )
    const seconds = (performance.now() - begin) / 1000
    const seen = [...gateway.seen]
    gateway.limit(undefined)
    const complete = await isComplete(registry.host, 'prod/hello', image)
    const refused = seen.filter(({ status }) => status === 429)
    const first = seen[0]?.at ?? begin
    const late = refused.filter(({ at }) => at > first + 1000)
    return [
      contender.name,
      succeeded && complete ? 'yes' : 'NO',
      seconds.toFixed(1),
      String(seen.length),
      String(refused.length),
      String(late.length),
      `${((100 * late.length) / seen.length).toFixed(1)} %`,
    ]
  } finally {
    await gateway.close()
    await registry.close()
    await rm(folder, { recursive: true })
  }
}
