import { isAbsolute, join, relative } from 'node:path'
import type { EvidenceSigner } from '../release/index.ts'
import { type Block, heading, table, text } from '../runner/index.ts'
import type { AppliedSignature } from './apply.ts'
import { digestOf } from './content.ts'
import type { PlannedSignature } from './plan.ts'
import type { Target } from './target.ts'

/** A subject and where its bundle is: a path below the workspace, or the referrer that holds it. */
export interface SignedSubject {
  readonly subject: string
  readonly digest: string
  readonly bundle: string
}

export const signedSubject = ({ planned, bundle, path }: AppliedSignature, workspace: string): SignedSubject => ({
  subject: shownName(planned.target, workspace),
  digest: digestOf(planned.target.content, bundle),
  bundle: shownPath(planned.target, path, workspace),
})

const states = { sign: 'signed', keep: 'put back', none: 'signed before' } as const
const intentions = { sign: 'to be signed', keep: 'to be put back', none: 'signed before' } as const

export function doneReport(applied: readonly AppliedSignature[], signer: EvidenceSigner, workspace: string): Block[] {
  const rows = applied.map((one) => {
    const { subject, digest, bundle } = signedSubject(one, workspace)
    return [subject, digest, bundle, describeSigner(signer), states[one.planned.work]]
  })
  return report(
    rows,
    applied.every(({ planned }) => planned.work === 'none') ? 'Everything was signed before.' : undefined,
  )
}

export function planReport(plan: readonly PlannedSignature[], signer: EvidenceSigner, workspace: string): Block[] {
  const rows = plan.map(({ target, path = '', bundle, work }) => [
    shownName(target, workspace),
    bundle ? digestOf(target.content, bundle) : (target.content.digest ?? ''),
    path === '' ? 'beside the image' : shownPath(target, path, workspace),
    describeSigner(signer),
    intentions[work],
  ])
  return report(rows, 'Dry run: nothing was written.')
}

/** A key by the start of its digest, an identity with its issuer. */
export const describeSigner = (signer: EvidenceSigner): string =>
  signer.kind === 'keyless'
    ? `${signer.identity} (${signer.issuer})`
    : `${signer.origin === 'local' ? "this machine's key" : 'key'} ${signer.keyId.slice(0, 19)}`

const report = (rows: readonly string[][], note: string | undefined): Block[] => [
  heading('Signatures'),
  table(['Subject', 'Digest', 'Bundle', 'Signer', 'State'], rows),
  ...(note === undefined ? [] : [text(note)]),
]

const shownName = ({ name, content }: Target, workspace: string): string =>
  content.kind === 'file' && isAbsolute(name) ? below(name, workspace) : name

function shownPath({ place }: Target, path: string, workspace: string): string {
  switch (place.kind) {
    case 'evidence':
      return below(join(place.release.directory, path), workspace)
    case 'beside':
      return below(path, workspace)
    case 'referrer':
      return path
  }
}

function below(path: string, workspace: string): string {
  const way = relative(workspace, path)
  return way.startsWith('..') || isAbsolute(way) ? path : way
}
