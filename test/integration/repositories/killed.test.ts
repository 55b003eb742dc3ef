import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { SigningKey } from '../../../src/openpgp/index.ts'
import { fileSubjects, openRelease } from '../../../src/release/index.ts'
import { applyPlan, sealDocuments } from '../../../src/repositories/apply.ts'
import { observeApt } from '../../../src/repositories/apt/observe.ts'
import { planApt } from '../../../src/repositories/apt/plan.ts'
import { readCandidates } from '../../../src/repositories/candidates.ts'
import { publishPackages } from '../../../src/repositories/index.ts'
import type { RepositoryPlan } from '../../../src/repositories/plan.ts'
import { observeRpm } from '../../../src/repositories/rpm/observe.ts'
import { planRpm } from '../../../src/repositories/rpm/plan.ts'
import { verifyRepository } from '../../../src/repositories/verify.ts'
import { at, type Published, publishFirst } from '../../unit/repositories/published.ts'

let published: Published
let key: SigningKey
let first: string
let second: string
let options: Published['options']
let folder: string

beforeAll(async () => {
  published = await publishFirst()
  ;({ key, first, second, options } = published)
})
afterAll(() => published.remove())
beforeEach(async () => {
  folder = await published.copy()
})

describe('a killed run', () => {
  const plans: Record<'deb' | 'rpm', () => Promise<RepositoryPlan>> = {
    async deb() {
      const { deb: candidates } = await candidatesOf(second)
      const entries = candidates.map(({ entry }) => entry)
      const wish = { candidates, origin: 'hello', label: 'hello', validFor: undefined, publicKey: key.publicKeyArmored }
      return planApt({ ...wish, now: at(1).now() }, await observeApt(join(folder, 'deb'), entries, key, at(1)))
    },
    async rpm() {
      const { rpm: candidates } = await candidatesOf(second)
      const entries = candidates.map(({ entry }) => entry)
      const wish = { candidates, publicKey: key.publicKeyArmored, now: at(1).now() }
      return planRpm(wish, await observeRpm(join(folder, 'rpm'), entries, key, at(1)))
    },
  }

  async function candidatesOf(directory: string) {
    const opened = await openRelease(directory)
    return readCandidates(opened, fileSubjects(opened.record, 'package'), key, at(1).now())
  }

  test.each(['deb', 'rpm'] as const)('%s: does not write over what another run published meanwhile', async (kind) => {
    const plan = await plans[kind]()
    await publishPackages(options(second, folder), at(1))
    await expect(applyPlan(plan, key, at(2))).rejects.toThrow(/changed by someone else meanwhile/)
    await verifyRepository(kind, join(folder, kind), new Map(), key, at(2))
  })

  /** Does the first writes of a publication of the second release, and no more. */
  async function killedAfter(kind: 'deb' | 'rpm', count: number): Promise<number> {
    const plan = await plans[kind]()
    const documents = [...plan.documents, ...(plan.seal ? await sealDocuments(kind, plan.seal, key) : [])]
    const writes = [
      ...plan.copies.map(
        ({ path, source }) =>
          async () =>
            cp(source, await place(kind, path)),
      ),
      ...documents.map(
        ({ path, bytes }) =>
          async () =>
            writeFile(await place(kind, path), bytes),
      ),
    ]
    for (const write of writes.slice(0, count)) await write()
    return writes.length
  }

  async function place(kind: string, path: string): Promise<string> {
    await mkdir(dirname(join(folder, kind, path)), { recursive: true })
    return join(folder, kind, path)
  }

  const writes = { deb: 8, rpm: 7 }
  // A run with the same release heals each of them; one with an earlier release those in which signatures are written.
  const cases = (['deb', 'rpm'] as const).flatMap((kind) =>
    Array.from({ length: writes[kind] + 1 }, (_, count) =>
      ['the same release', ...(count > writes[kind] - 3 ? ['an earlier release'] : [])].map(
        (how) => [kind, count, how] as const,
      ),
    ).flat(),
  )
  test.each(cases)('%s, after %d writes, is healed by a run with %s', async (kind, count, how) => {
    const all = await killedAfter(kind, count)
    expect(all).toBe(writes[kind])
    const { repositories } = await publishPackages(options(how === 'the same release' ? second : first, folder), at(2))
    const listed = repositories.find((repository) => repository.kind === kind)?.packages
    expect(listed).toBe(how === 'the same release' || count === all ? 2 : 1)
  })

  test('of a first publication is healed, though its index was not signed yet', async () => {
    for (const name of ['InRelease', 'Release', 'Release.gpg']) await rm(join(folder, 'deb', name))
    expect((await publishPackages(options(first, folder), at(1))).changed).toBe(true)
    await verifyRepository('deb', join(folder, 'deb'), new Map(), key, at(1))
  })

  test('does not let an unsigned index lose packages', async () => {
    for (const name of ['InRelease', 'Release', 'Release.gpg']) await rm(join(folder, 'deb', name))
    await expect(publishPackages(options(second, folder), at(1))).rejects.toThrow(/is not signed, and lists packages/)
  })
})
