import type { Release } from '../release/index.ts'

/** The commands with which someone else checks the release, with the tools they already have. */
export async function verificationCommands(_release: Release): Promise<string[]> {
  return []
}
