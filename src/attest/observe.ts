import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSubjects, type Release } from '../release/index.ts'
import { UserError } from '../runner/index.ts'
import type { BundleVerifier } from '../sigstore/index.ts'
import { parseDocument } from './document.ts'
import { parseSpdx, type SpdxDocument } from './spdx.ts'
import { parseStatement, type Statement } from './statement.ts'

/** A valid attestation by the very signer that would make it. */
export interface ExistingAttestation {
  /** Relative to the release directory: `evidence/provenance.sigstore.json`. */
  readonly path: string
  readonly statement: Statement
  readonly bundle: Uint8Array
}

/** An SBOM of the release. */
export interface SbomDocument {
  readonly name: string
  readonly json: unknown
  readonly spdx: SpdxDocument
}

/**
 * The attestations in `evidence/` that the verifier finds valid, recorded or not: a run that was killed before it
 * wrote the record is healed, not repeated.
 */
export async function observeAttestations(release: Release, verifier: BundleVerifier): Promise<ExistingAttestation[]> {
  const names = await readdir(join(release.directory, 'evidence')).catch(() => [])
  const found: ExistingAttestation[] = []
  for (const name of names.filter((each) => each.endsWith('.sigstore.json')).sort()) {
    const path = `evidence/${name}`
    const bundle = await readFile(join(release.directory, path))
    const statement = await validStatement(bundle, verifier)
    if (statement) found.push({ path, statement, bundle })
  }
  return found
}

/** The statement of a bundle; undefined when the bundle is none, is not valid, or is by another signer. */
export async function validStatement(bundle: Uint8Array, verifier: BundleVerifier): Promise<Statement | undefined> {
  try {
    return parseStatement((await verifier.verifyStatement(bundle)).statement)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** @throws UserError when a subject with the role `sbom` is not an SPDX document */
export async function readSboms(release: Release): Promise<SbomDocument[]> {
  return Promise.all(
    fileSubjects(release.record, 'sbom').map(async ({ name, path }) => {
      const json = await parseDocument(join(release.directory, path))
      return { name, json, spdx: parseSpdx(json, path) }
    }),
  )
}
