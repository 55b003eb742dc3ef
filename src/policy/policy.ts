import type { Digest } from '../oci/index.ts'
import type { SignerDescription } from '../sigstore/index.ts'

/** What becomes of an image that lacks evidence: nobody looks, a warning, or it stays where it is. */
export type PolicyMode = 'off' | 'warn' | 'require'

/** What is demanded of the images of a project. */
export interface Requirements {
  readonly mode: PolicyMode
  /** Any one of them suffices for each piece of evidence; empty only where nobody looks. */
  readonly signers: readonly SignerDescription[]
  /** Predicate types, each to be attested by one of the signers. */
  readonly predicates: readonly string[]
}

/** An evidence policy file, with its keys read. Its JSON schema is schema/evidence-policy.schema.json. */
export interface EvidencePolicy {
  /** For projects that the file does not name. */
  readonly default: Requirements
  /** Each in place of the default, as a whole. */
  readonly projects: ReadonlyMap<string, Requirements>
  /** Absolute path of a trusted_root.json; undefined for the public Sigstore instance. */
  readonly trustedRoot: string | undefined
  /** Of the file's bytes, so that a plan can name the policy that it was made under. */
  readonly digest: Digest
}

/** @param project folder in a thin tree, name of a plain manifest's file, or project of a release; undefined for an image of no project */
export const requirementsOf = (policy: EvidencePolicy, project: string | undefined): Requirements =>
  (project === undefined ? undefined : policy.projects.get(project)) ?? policy.default
