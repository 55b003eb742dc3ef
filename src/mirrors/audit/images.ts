import type { PromoterManifest } from '../../manifests/index.ts'
import { openEvidenceJudge, readEvidencePolicy } from '../../policy/index.ts'
import { openRepository, resolveLocation } from '../../registry/index.ts'
import { mapConcurrently, type Step } from '../../runner/index.ts'
import { destinationsOf, mirroredImages } from '../destinations.ts'
import { formatRegistry, type Mirrors } from '../policy.ts'
import { expectedRepositories, type Target } from './expected.ts'
import type { Finding } from './findings.ts'
import { judgeRepository } from './judge.ts'
import { type AuditContext, observeRepository } from './observe.ts'
import { createVerdictReader } from './verdicts.ts'
import { malformedLines, type Work } from './work.ts'

export interface ImageAuditOptions {
  /** Absolute path of an evidence policy; without one an image is signed when something says that it signs it. */
  readonly policy: string | undefined
  readonly plainHttp: readonly string[]
}

/** Of repositories; each is at up to some dozens of mirrors. */
const repositoriesAtOnce = 3

/**
 * Compares images with their manifests, one repository after another, so that no more than a few are in memory.
 * @param mirrors undefined for the destinations that the manifests name
 */
export async function auditImages(
  manifests: readonly PromoterManifest[],
  mirrors: Mirrors | undefined,
  { policy, plainHttp }: ImageAuditOptions,
  { step, patience, count }: Work,
): Promise<Finding[]> {
  const targets = (manifest: PromoterManifest): Target[] =>
    mirrors ? mirrorTargets(manifest, mirrors) : ownTargets(manifest, step)
  const expected = expectedRepositories(manifests.map((manifest) => ({ manifest, targets: targets(manifest) })))
  const judge = policy === undefined ? undefined : await openEvidenceJudge(await readEvidencePolicy(policy, step))
  const context: AuditContext = {
    open: ({ location, name }) => openRepository(location, name, step, { plainHttp }),
    patience,
    verdicts: judge && createVerdictReader(judge),
  }
  const progress = step.progress(
    'Auditing repositories',
    expected.reduce((sum, { places }) => sum + places.length, 0),
  )
  const findings = await mapConcurrently(expected, repositoriesAtOnce, async (repository) => {
    const found = judgeRepository(await observeRepository(repository, context))
    for (const { mirror } of repository.places) count(mirror, 'repositories')
    progress.advance(repository.places.length)
    return found
  })
  progress.done()
  return [...manifests.flatMap(malformedLines), ...findings.flat()]
}

function mirrorTargets(manifest: PromoterManifest, mirrors: Mirrors): Target[] {
  const { images } = destinationsOf(mirrors)
  const locations = mirroredImages(mirrors, manifest)
  return images.flatMap((registry, index) => {
    const location = locations[index]
    return location ? [{ mirror: formatRegistry(registry), location }] : []
  })
}

/** A thin tree has one destination a project at each host; the host is the mirror then. */
const ownTargets = ({ destinations }: PromoterManifest, step: Step): Target[] =>
  destinations.map((destination) => {
    const location = resolveLocation(destination, step)
    return { mirror: location.kind === 'registry' ? location.host : `oci:${location.path}`, location }
  })
