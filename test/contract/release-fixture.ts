import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKey } from 'openpgp'
import { fileSubject, newRecord, saveRelease, writeChecksums } from '../../src/release/index.ts'
import { smallDeb } from '../packages/fixtures.ts'

const names = ['hello-linux-amd64', 'hello-linux-amd64.tar.gz', 'hello_1.2.3-1_amd64.deb'] as const

/** Writes a small release: a command, its archive and its package. Only the digests and the package are right. */
export async function writeRelease(directory: string): Promise<void> {
  const paths = names.map((name) => join(directory, 'files', name))
  const [command = '', archive = '', debian = ''] = paths
  await mkdir(join(directory, 'files'), { recursive: true })
  await writeFile(command, 'a command')
  await writeFile(archive, 'an archive')
  await writeFile(
    debian,
    await smallDeb('Package: hello\nVersion: 1.2.3-1\nArchitecture: amd64\nDescription: greets\n'),
  )
  const platform = { os: 'linux', architecture: 'amd64' }
  const record = newRecord({
    project: 'hello',
    version: 'v1.2.3',
    source: {
      repository: 'https://github.com/example/hello',
      ref: 'refs/tags/v1.2.3',
      commit: 'a'.repeat(40),
      commitTime: '2026-11-22T00:00:00Z',
      modified: false,
    },
    build: { parameters: {}, dependencies: {} },
    subjects: [
      await fileSubject(directory, command, { role: 'binary', mediaType: 'application/octet-stream', platform }),
      await fileSubject(directory, archive, { role: 'archive', mediaType: 'application/gzip', platform }),
      await fileSubject(directory, debian, { role: 'package', mediaType: 'application/vnd.debian.binary-package' }),
    ],
  })
  await saveRelease(directory, await writeChecksums(directory, record))
}

/** Changes one byte of every file that the record names, and no size. */
export async function tamperFiles(directory: string): Promise<void> {
  for (const name of names) {
    const path = join(directory, 'files', name)
    const bytes = await readFile(path)
    bytes[0] = (bytes[0] ?? 0) ^ 1
    await writeFile(path, bytes)
  }
}

/** Keys of the three kinds, as `signer.key`, `signer.pub` and `openpgp.key`. */
export async function writeKeys(directory: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(join(directory, 'signer.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(join(directory, 'signer.pub'), publicKey.export({ type: 'spki', format: 'pem' }))
  const openpgp = await generateKey({ type: 'ecc', curve: 'ed25519Legacy', subkeys: [], userIDs: [{ name: 'Hello' }] })
  await writeFile(join(directory, 'openpgp.key'), openpgp.privateKey)
}

/** A Go module of one command, committed. */
export async function writeProject(directory: string): Promise<void> {
  await writeFile(join(directory, 'go.mod'), 'module github.com/example/hello\n\ngo 1.24\n')
  await writeFile(join(directory, 'main.go'), 'package main\n\nfunc main() { println("hello") }\n')
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=hello', '-c', 'user.email=hello@example.com', ...args], { cwd: directory })
  git('init', '--quiet')
  git('add', 'go.mod', 'main.go')
  git('commit', '--quiet', '--message=Say hello')
  git('tag', 'v1.2.3')
}
