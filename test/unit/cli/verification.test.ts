import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { directoryTree } from '../../../src/cli/tree.ts'
import { verificationCommands } from '../../../src/cli/verification.ts'
import type { Release } from '../../../src/release/index.ts'

const digest = `sha256:${'a'.repeat(64)}` as const
const release = (
  signer: Release['record']['evidence'][number]['signer'],
  name = 'hello_1.2.3-1_amd64.deb',
): Release => ({
  directory: "/tmp/it's here",
  digest,
  record: {
    schemaVersion: 1,
    project: 'hello',
    version: 'v1.2.3',
    source: { repository: 'https://example.com/hello', commitTime: '2026-01-02T03:04:05Z', modified: false },
    build: { parameters: {}, dependencies: {} },
    subjects: [
      {
        kind: 'file',
        name,
        path: `files/${name}`,
        role: 'package',
        mediaType: 'x',
        size: 1,
        sha256: 'a'.repeat(64),
        sha512: 'a'.repeat(128),
      },
    ],
    evidence: [
      {
        kind: 'signature',
        subjects: [digest],
        path: 'evidence/x',
        mediaType: 'x',
        size: 1,
        sha256: 'a'.repeat(64),
        signer,
      },
    ],
  },
})

test('a path with a quote stays one word of the shell, and apt gets it as a URI', () => {
  const made = release({ kind: 'key', origin: 'local', keyId: digest, publicKey: 'x' })
  const commands = verificationCommands(made, made.directory).join('\n')
  expect(commands).toContain(`cosign verify-blob --key '/tmp/it'\\''s here/cosign.pub' --insecure-ignore-tlog`)
  expect(commands).toContain(`file:/tmp/it's%20here/published/deb ./`)
  expect(commands).toContain('apt-get download $apt hello)')
})

test('a keyless release is checked by identity and issuer, without an exemption', () => {
  const made = release(
    { kind: 'keyless', identity: 'https://example.com/w.yml@refs/tags/v1', issuer: 'https://issuer.example.com' },
    'hello.rpm',
  )
  const commands = verificationCommands(made, 'release').join('\n')
  expect(commands).toContain(
    '--certificate-identity https://example.com/w.yml@refs/tags/v1 --certificate-oidc-issuer https://issuer.example.com',
  )
  expect(commands).not.toMatch(/insecure|apt-get/)
})

test('a tree lists files with sizes and counts what would only be noise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tree-'))
  mkdirSync(join(folder, 'blobs'))
  mkdirSync(join(folder, 'files'))
  for (const name of ['blobs/a', 'blobs/b', 'files/hello']) writeFileSync(join(folder, name), 'x'.repeat(1500))
  expect(await directoryTree(folder, 'release')).toBe(
    'release/\n├── blobs/  2 files, 3.0 kB\n└── files/\n    └── hello  1.5 kB',
  )
  rmSync(folder, { recursive: true })
})
