import { relative } from 'node:path'
import { fileSubjects, imageSubjects, type Release, type ReleaseRecord } from '../release/index.ts'
import { type Block, code, heading, table, text } from '../runner/index.ts'
import { directoryTree } from './tree.ts'
import { verificationCommands } from './verification.ts'

/** What `release` prints at its end: the tree of what was made, the digests, the time, and how someone else checks it. */
export async function releaseSummary(
  release: Release,
  seconds: Readonly<Record<string, number>>,
  { dryRun, workspace }: { readonly dryRun: boolean; readonly workspace: string },
): Promise<Block[]> {
  const { record, directory, digest } = release
  const inside = relative(workspace, directory)
  const shown = inside === '' || inside.startsWith('..') ? directory : inside
  const made = fileSubjects(record).filter((subject) => ['binary', 'archive', 'package'].includes(subject.role))
  return [
    heading(`${record.project} ${record.version}`),
    text(`${signedBy(record)}${record.source.modified ? ' The working tree differed from its commit.' : ''}`),
    code('text', await directoryTree(directory, shown)),
    table(
      ['Subject', 'Digest'],
      [
        ['release.json', digest],
        ...imageSubjects(record).map((image) => [`${image.name}:${image.tags.join(', ')}`, image.digest]),
        ...made.map((subject) => [subject.name, `sha256:${subject.sha256}`]),
      ],
    ),
    table(
      ['Step', 'Seconds'],
      Object.entries(seconds).map(([name, duration]) => [name, duration.toFixed(1)]),
    ),
    ...(dryRun
      ? []
      : [heading('Check it with other tools'), code('sh', verificationCommands(release, shown).join('\n'))]),
  ]
}

function signedBy({ evidence }: ReleaseRecord): string {
  const signer = evidence[0]?.signer
  if (!signer) return 'Not signed.'
  if (signer.kind === 'keyless') return `Signed keyless by ${signer.identity}.`
  if (signer.origin === 'given') return `Signed by the key ${signer.keyId}.`
  return `Signed by this machine's own key pair ${signer.keyId}, which tells others nothing about who you are.`
}
