import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKey } from 'openpgp'
import { openSigningKey, type SigningKey } from '../../../src/openpgp/index.ts'
import { type PublishingOptions, publishPackages } from '../../../src/repositories/index.ts'
import { packageRelease, smallDeb, smallRpm } from '../../packages/fixtures.ts'
import { type TestStep, testStep } from '../../step.ts'

const noon = new Date('2026-11-22T12:00:00Z')

/** A step that long after the first publication. */
export const at = (minutes: number): TestStep => testStep({ now: () => new Date(noon.getTime() + minutes * 60_000) })

/** Two releases with a deb and a signed rpm each, the first of them published. */
export interface Published {
  readonly root: string
  readonly key: SigningKey
  readonly first: string
  readonly second: string
  newKey(name: string): Promise<string>
  options(release: string, folder: string, change?: Partial<PublishingOptions>): PublishingOptions
  /** A copy of the folder in which the first release was published. */
  copy(): Promise<string>
  remove(): Promise<void>
}

export async function publishFirst(): Promise<Published> {
  const root = await mkdtemp(join(tmpdir(), 'repositories-'))
  const newKey = async (name: string): Promise<string> => {
    const date = new Date('2025-12-01T00:00:00Z')
    const userIDs = [{ name }]
    const { privateKey } = await generateKey({ type: 'ecc', curve: 'ed25519Legacy', subkeys: [], userIDs, date })
    const path = join(root, `${name}.key`)
    await writeFile(path, privateKey)
    return path
  }
  const openpgpKey = await newKey('publisher')
  const key = await openSigningKey({ key: openpgpKey, passphrase: undefined }, at(0))
  const release = async (version: string): Promise<string> => {
    const directory = join(root, `release-${version}`)
    await packageRelease(directory, `v${version}`, {
      [`hello_${version}-1_amd64.deb`]: await smallDeb(
        `Package: hello\nVersion: ${version}-1\nArchitecture: amd64\nDescription: greets\n`,
      ),
      [`hello-${version}-1.x86_64.rpm`]: await smallRpm({ name: 'hello', version }, key),
    })
    return directory
  }
  const options: Published['options'] = (directory, folder, change = {}) => ({
    release: directory,
    to: [`file:${folder}`],
    openpgpKey,
    openpgpPassphrase: undefined,
    origin: undefined,
    label: undefined,
    validFor: undefined,
    dryRun: false,
    ...change,
  })
  const first = await release('1.0.0')
  const published = join(root, 'published')
  await publishPackages(options(first, published), at(0))
  return {
    root,
    key,
    first,
    second: await release('1.1.0'),
    newKey,
    options,
    async copy() {
      const folder = await mkdtemp(join(root, 'folder-'))
      await cp(published, folder, { recursive: true, preserveTimestamps: true })
      return folder
    },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}
