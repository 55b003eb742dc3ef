/**
 * Makes dist/: one bundle of lazy imports, and a stub of two lines for each action and for the CLI.
 * The same source gives the same bytes in any folder. With --check it fails when dist/ is not what the source makes.
 */
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { runCommand } from '../src/runner/process.ts'
import { licenseTexts } from './licenses.ts'

const root = join(import.meta.dirname, '..')
const staging = join(root, 'build')
const output = join(staging, 'dist')
const dist = join(root, 'dist')

await rm(staging, { recursive: true, force: true })
await mkdir(output, { recursive: true })
await runCommand(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
})
// The bundler sees plain ESM; package.json tells it so.
await cp(join(root, 'package.json'), join(staging, 'source', 'package.json'))

const ncc = createRequire(import.meta.url)('@vercel/ncc')
const { code, assets } = await ncc(join(staging, 'source', 'dispatch.js'), {
  cache: false,
  minify: true,
  quiet: true,
  target: 'es2024',
  esm: true,
})
await writeFile(join(output, 'index.js'), code)
for (const [name, asset] of Object.entries<{ source: string | Buffer }>(assets)) {
  await mkdir(join(output, name, '..'), { recursive: true })
  await writeFile(join(output, name), asset.source)
}
const actions = (await readdir(join(root, 'actions'), { withFileTypes: true })).filter((entry) => entry.isDirectory())
for (const name of ['cli', ...actions.map((entry) => entry.name)]) {
  await mkdir(join(output, name))
  await writeFile(join(output, name, 'index.js'), `import { main } from '../index.js'\nawait main('${name}')\n`)
}
await writeFile(join(output, 'package.json'), '{ "type": "module" }\n')
await writeFile(join(output, 'licenses.txt'), await licenseTexts(root))

if (process.argv.includes('--check')) await compare()
else {
  await rm(dist, { recursive: true, force: true })
  await cp(output, dist, { recursive: true })
  console.log(`dist/: ${((await totalSize(dist)) / 1e6).toFixed(1)} MB`)
}

async function compare(): Promise<void> {
  const [made, committed] = await Promise.all([digests(output), digests(dist)])
  const names = [...new Set([...made.keys(), ...committed.keys()])].sort()
  const different = names.filter((name) => made.get(name) !== committed.get(name))
  if (different.length === 0) return
  console.error(`dist/ is not what the source makes: ${different.join(', ')}\nRun 'npm run build' and commit dist/.`)
  process.exitCode = 1
}

async function digests(folder: string): Promise<Map<string, string>> {
  const files = await listFiles(folder)
  return new Map(
    await Promise.all(
      files.map(
        async (file): Promise<[string, string]> => [
          relative(folder, file),
          createHash('sha256')
            .update(await readFile(file))
            .digest('hex'),
        ],
      ),
    ),
  )
}

async function totalSize(folder: string): Promise<number> {
  const sizes = await Promise.all((await listFiles(folder)).map(async (file) => (await readFile(file)).length))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
