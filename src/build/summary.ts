import { formatPlatform } from '../oci/index.ts'
import { fileSubjects, imageSubjects, type Release } from '../release/index.ts'
import { type Block, heading, table, text } from '../runner/index.ts'
import type { BuildPlan } from './plan.ts'

/** What was built. */
export function buildTable({ record }: Release, changed: boolean): Block[] {
  const files = fileSubjects(record).filter(({ role }) => role === 'binary' || role === 'archive')
  const images = imageSubjects(record)
  const shown = changed ? [] : [text('Nothing changed: the release in that folder is this one.')]
  return [
    heading(`Built ${record.project} ${record.version}`),
    ...shown,
    table(
      ['File', 'Platform', 'MB', 'SHA-256'],
      files.map(({ name, platform, size, sha256 }) => [
        name,
        platform ? formatPlatform(platform) : '',
        megabytes(size),
        sha256,
      ]),
    ),
    ...(images.length === 0
      ? []
      : [
          table(
            ['Image', 'Platforms', 'Digest'],
            images.map(({ name, tags, manifests, digest }) => [
              `${name}:${tags.join(' ')}`,
              String(manifests.length),
              digest,
            ]),
          ),
        ]),
  ]
}

/** What would be built. */
export function planTable(plan: BuildPlan): Block[] {
  return [
    heading(`Would build ${plan.project} ${plan.version}`),
    text(`Go ${plan.goVersion}: go build ${plan.arguments.join(' ')}`),
    table(
      ['Platform', 'Files'],
      plan.platforms.map(({ platform, binaries, archive }) => [
        formatPlatform(platform),
        [...binaries, archive].map(({ path }) => path).join(' '),
      ]),
    ),
    ...(plan.images.length === 0
      ? []
      : [
          table(
            ['Image', 'Platforms'],
            plan.images.map(({ spec, tag }) => [`${spec.name}:${tag}`, spec.platforms.map(formatPlatform).join(' ')]),
          ),
        ]),
  ]
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
