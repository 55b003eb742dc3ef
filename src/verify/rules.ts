import { predicateTypes, type Statement } from '../attest/index.ts'
import type { VerifiedSigner } from '../sigstore/index.ts'
import { builderIdOf, githubOf, show, sourceOf } from './predicate.ts'
import type { Rules } from './verification-policy.ts'

/** A bundle that holds: by whom and when it was signed, and what it states; a signature over bytes states nothing. */
export interface SignedContent {
  readonly signer: VerifiedSigner
  readonly statement?: Statement
}

type Rule = (content: SignedContent, rules: Rules, now: Date) => readonly string[]

/** What speaks against a bundle that holds, in the order of docs/verification-policy.md. Pure. */
export const objectionsTo: Rule = (content, rules, now) => order.flatMap((rule) => rule(content, rules, now))

const repository: Rule = (content, { repository: wanted }) =>
  wanted === undefined ? [] : objections(content, 12, 'source repository', sourceRepository, [wanted])

const ref: Rule = (content, { ref: wanted }) =>
  wanted === undefined
    ? []
    : claimsOf(content, 14, sourceRef)
        .filter(({ value }) => typeof value !== 'string' || !wanted.test(value))
        .map(({ by, value }) => `${by} names the source ref ${show(value)}, which the policy's pattern does not match`)

const builder: Rule = ({ statement }, { builders, slsaLevel }) => {
  if (builders.size === 0 || statement?.predicateType !== predicateTypes.provenance) return []
  const id = builderIdOf(statement.predicate)
  const level = typeof id === 'string' ? builders.get(id) : undefined
  if (level === undefined) return [`its builder ${show(id)} is none of the policy`]
  return level < slsaLevel
    ? [`its builder ${show(id)} is trusted for SLSA build level ${level}, and the policy demands ${slsaLevel}`]
    : []
}

const event: Rule = (content, { events }) =>
  events.length === 0 ? [] : objections(content, 20, 'event', (predicate) => githubOf(predicate).event_name, events)

const runnerEnvironment: Rule = (content, { runnerEnvironments }) =>
  runnerEnvironments.length === 0 ? [] : objections(content, 11, 'runner environment', runnerOf, runnerEnvironments)

const day = 86_400_000

const age: Rule = ({ signer: { signedAt } }, { maximumAgeDays }, now) => {
  if (maximumAgeDays === undefined) return []
  if (signedAt === undefined) return ['its age is not proven: it has no trusted time of signing']
  return now.getTime() - signedAt.getTime() > maximumAgeDays * day
    ? [`it was signed at ${signedAt.toISOString()}, more than ${maximumAgeDays} days ago`]
    : []
}

const order: readonly Rule[] = [repository, ref, builder, event, runnerEnvironment, age]

const sourceRepository = (predicate: unknown): unknown => sourceOf(predicate).repository
const sourceRef = (predicate: unknown): unknown => sourceOf(predicate).ref
const runnerOf = (predicate: unknown): unknown => githubOf(predicate).runner_environment

const objections = (
  content: SignedContent,
  extension: number,
  what: string,
  of: (predicate: unknown) => unknown,
  accepted: readonly string[],
): string[] =>
  claimsOf(content, extension, of)
    .filter(({ value }) => !accepted.some((one) => one === value))
    .map(({ by, value }) => `${by} names the ${what} ${show(value)}; the policy accepts ${accepted.join(', ')}`)

interface Claim {
  readonly by: string
  readonly value: unknown
}

/** What Fulcio certified of a workflow, where it certified anything of one, and what a provenance says of it. */
function claimsOf(
  { signer: { extensions }, statement }: SignedContent,
  extension: number,
  of: (predicate: unknown) => unknown,
): Claim[] {
  const certified = isWorkflow(extensions)
    ? [{ by: 'its certificate', value: extensions[`${fulcioArc}${extension}`] }]
    : []
  const stated =
    statement?.predicateType === predicateTypes.provenance
      ? [{ by: 'its provenance', value: of(statement.predicate) }]
      : []
  return [...certified, ...stated]
}

const fulcioArc = '1.3.6.1.4.1.57264.1.'
/** Issuer (old and new form), name and token subject: what a certificate of a person or of a service account has, too. */
const ofAnybody = [1, 7, 8, 24].map((number) => `${fulcioArc}${number}`)

const isWorkflow = (extensions: VerifiedSigner['extensions']): boolean =>
  Object.keys(extensions).some((oid) => !ofAnybody.includes(oid))
