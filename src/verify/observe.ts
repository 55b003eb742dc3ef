import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSubjects, type Release } from '../release/index.ts'
import type { Step } from '../runner/index.ts'
import { observeEvidence } from './evidence.ts'
import type { ReleaseFacts } from './facts.ts'
import { observeFiles } from './folder.ts'
import { observeLayout } from './layout.ts'
import type { ReleaseVerifier } from './signers.ts'

/** Finds out all that there is to judge about a release directory; nothing that is wrong with it stops the others. */
export async function observeRelease(release: Release, verifier: ReleaseVerifier, step: Step): Promise<ReleaseFacts> {
  return {
    record: release.record,
    files: await observeFiles(release, step),
    checksums: {
      sha256: await readChecksums(release, 'SHA256SUMS'),
      sha512: await readChecksums(release, 'SHA512SUMS'),
    },
    evidence: await observeEvidence(release, verifier, step),
    layout: await observeLayout(release, step),
  }
}

async function readChecksums({ directory, record }: Release, name: string): Promise<string | undefined> {
  const path = fileSubjects(record, 'checksums').find((file) => file.name === name)?.path
  return path === undefined ? undefined : readFile(join(directory, path), 'utf8').catch(() => undefined)
}
