import { UserError } from '../errors/index.ts'
import type { BuildDependency } from '../release/index.ts'
import { runCommand } from '../runner/index.ts'
import type { Compression } from './package.ts'
import type { PlannedPackage } from './plan.ts'

/** What makes packages beside the release and the project: the compressors, on whose versions the bytes depend. */
export async function packageDependencies(plan: readonly PlannedPackage[]): Promise<BuildDependency[]> {
  const used = new Set<Compression>(plan.map(({ compression }) => compression))
  // The control archive and the changelog of a deb are gzip in any case.
  if (plan.some(({ format }) => format === 'deb')) used.add('gzip')
  return Promise.all([...used].sort().map(compressor))
}

async function compressor(compression: Compression): Promise<BuildDependency> {
  switch (compression) {
    case 'gzip':
      return { name: 'zlib', uri: `pkg:generic/zlib@${process.versions.zlib}` }
    case 'zstd':
      return { name: 'zstd', uri: `pkg:generic/zstd@${process.versions.zstd}` }
    case 'xz':
      return { name: 'liblzma', uri: `pkg:generic/liblzma@${await lzmaVersion()}` }
  }
}

async function lzmaVersion(): Promise<string> {
  const { stdout } = await runCommand('xz', ['--version'])
  const version = /^liblzma (\S+)$/m.exec(stdout)?.[1]
  if (version) return version
  throw new UserError("The program 'xz' does not say its version", { hint: 'Install XZ Utils.' })
}
