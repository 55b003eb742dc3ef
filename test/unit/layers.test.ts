import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { checkLayers, layerViolations } from '../../scripts/layers.ts'

const root = join(import.meta.dirname, '../..')

describe('layers', () => {
  test('every import of the checkout points down, through a door', () => {
    expect(checkLayers(root).map(({ file, line, message }) => `${file}:${line}: ${message}`)).toEqual([])
  })

  test.each([
    ['actions/sign/main.ts', '../../src/sign/index.ts'],
    ['actions/sign/main.ts', './definition.ts'],
    ['actions/index.ts', './sign/main.ts'],
    ['src/cli/main.ts', '../release/index.ts'],
    ['src/sign/plan.ts', './observe.ts'],
    ['src/packages/deb/control.ts', '../specification.ts'],
    ['src/packages/deb/control.ts', '../../archive/index.ts'],
    ['src/promote/plan.ts', '../verify/index.ts'],
    ['src/release/prove.ts', '../oci/index.ts'],
    ['src/registry/layout.ts', '../http/index.ts'],
    ['src/oci/reference.ts', '../errors/index.ts'],
    ['src/sign/plan.ts', '../errors/index.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(layerViolations(file, `import { a } from '${specifier}'\n`)).toEqual([])
  })

  test.each([
    ['actions/sign/main.ts', '../verify/main.ts', 'may not import actions/verify'],
    ['actions/sign/main.ts', '../../src/sign/plan.ts', 'src/sign/index.ts is its door'],
    ['actions/sign/main.ts', '../../test/step.ts', 'outside every layer'],
    ['src/cli/main.ts', '../sign/plan.ts', 'src/sign/index.ts is its door'],
    ['src/sign/plan.ts', '../cli/index.ts', 'may not import src/cli'],
    ['src/sign/plan.ts', '../../actions/index.ts', 'may not import actions'],
    ['src/sign/plan.ts', '../verify/report.ts', 'src/verify/index.ts is its door'],
    ['src/packages/deb/control.ts', '../../release/record.ts', 'src/release/index.ts is its door'],
    ['src/release/prove.ts', '../sign/index.ts', 'may not import src/sign'],
    ['src/registry/layout.ts', '../release/index.ts', 'may not import src/release'],
    ['src/oci/reference.ts', '../registry/index.ts', 'may not import src/registry'],
    ['src/oci/reference.ts', '../runner/index.ts', 'may not import src/runner'],
    ['src/errors/index.ts', '../oci/index.ts', 'may not import src/oci'],
    ['src/cli/index.ts', '../../actions/index.ts', 'may not import actions'],
    ['src/stray.ts', './oci/index.ts', 'outside every layer'],
  ])('%s may not import %s', (file, specifier, message) => {
    const violations = layerViolations(file, `// why\nimport { a } from '${specifier}'\n`)
    expect(violations).toEqual([{ file, line: expect.any(Number), message: expect.stringContaining(message) }])
  })

  test.each([
    ["import type { A } from '../cli/index.ts'"],
    ["import '../cli/index.ts'"],
    ["export { a } from '../cli/index.ts'"],
    ["export * from '../cli/index.ts'"],
    ["import {\n  a,\n  b,\n} from '../cli/index.ts'"],
    ["const a = await import('../cli/index.ts')"],
    ["type A = import('../cli/index.ts').A"],
    ['import { a } from "../cli/index.ts"'],
  ])('sees %s', (source) => {
    const lines = source.split('\n').length
    expect(layerViolations('src/sign/plan.ts', `\n${source}\n`)).toMatchObject([{ line: 1 + lines }])
  })
})

describe('biome', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'biome-'))
    await cp(join(root, 'biome.json'), join(folder, 'biome.json'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const lint = async (file: string, source: string): Promise<string> => {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), source)
    const biome = join(root, 'node_modules/.bin/biome')
    const run = spawnSync(biome, ['lint', '--vcs-enabled=false', '--colors=off', file], { cwd: folder })
    return run.stdout.toString() + run.stderr.toString()
  }

  test.each([
    ['process.env', 'export const a = process.env.A\n', 'noProcessEnv'],
    ['console', "console.log('a')\n", 'noConsole'],
    ['@actions/core', "import { info } from '@actions/core'\n\ninfo('a')\n", 'noRestrictedImports'],
    ['a lazy @actions/core', "export const core = await import('@actions/core')\n", 'noRestrictedImports'],
  ])('forbids %s outside the runner', async (_, source, rule) => {
    expect(await lint('src/sign/plan.ts', source)).toContain(rule)
    expect(await lint('src/release/write.ts', source)).toContain(rule)
    expect(await lint('src/runner/github.ts', source)).not.toContain(rule)
  })
})
