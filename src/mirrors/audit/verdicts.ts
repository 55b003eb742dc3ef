import type { Digest, Tag } from '../../oci/index.ts'
import type { EvidenceJudge, EvidenceVerdict, ImageWithEvidence } from '../../policy/index.ts'
import type { Repository, StoredManifest } from '../../registry/index.ts'
import { mapConcurrently, UserError } from '../../runner/index.ts'
import type { Evidence, ObservedImage } from './observation.ts'
import { readTree } from './tree.ts'

const manifestsAtOnce = 4

/** Judges images by the evidence policy, each once for all mirrors that have the same evidence of it. */
export interface VerdictReader {
  read(
    image: ObservedImage,
    evidence: ReadonlyMap<Digest, readonly Evidence[]>,
    repository: Repository,
  ): Promise<EvidenceVerdict>
}

export function createVerdictReader(judge: EvidenceJudge): VerdictReader {
  const verdicts = new Map<string, Promise<EvidenceVerdict>>()
  return {
    read({ image, manifests }, evidence, repository) {
      const beside = manifests.flatMap((subject) =>
        (evidence.get(subject) ?? []).map(
          ({ digest, tag }): EvidencePlace => ({ subject, digest, ...(tag ? { tag } : {}) }),
        ),
      )
      // Digests stand for the bytes, so that equal ones prove the same wherever they lie.
      const key = [
        image.project,
        ...manifests,
        ...beside.map(({ subject, digest, tag }) => [subject, digest, tag].join(' ')),
      ].join('\n')
      const known = verdicts.get(key)
      if (known !== undefined) return known
      const verdict = readImage(manifests, beside, repository).then((read) =>
        judge.judge(image.project, read, repository),
      )
      verdicts.set(key, verdict)
      // Another mirror may be able to give what this one could not.
      verdict.catch(() => verdicts.delete(key))
      return verdict
    },
  }
}

interface EvidencePlace {
  readonly subject: Digest
  readonly digest: Digest
  readonly tag?: Tag
}

async function readImage(
  manifests: readonly Digest[],
  beside: readonly EvidencePlace[],
  repository: Repository,
): Promise<ImageWithEvidence> {
  const read = async (digest: Digest): Promise<StoredManifest> => {
    const stored = await repository.readManifest(digest)
    if (stored) return stored
    throw new UserError(`${repository.address}@${digest} is not there`)
  }
  return {
    manifests: await mapConcurrently(manifests, manifestsAtOnce, read),
    evidence: await mapConcurrently(beside, manifestsAtOnce, async ({ digest, ...place }) => ({
      ...place,
      manifests: await mapConcurrently(await readTree(digest, [repository]), manifestsAtOnce, read),
    })),
  }
}
