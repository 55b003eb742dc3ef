import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors/index.ts'
import { parsePlatform } from '../../src/oci/index.ts'
import { mapConcurrently, runCommand } from '../../src/runner/index.ts'
import { findBuildInfo } from '../../src/sbom/go-binary.ts'
import type { BuildInfo, Module } from '../../src/sbom/index.ts'
import { readBuildInfo, writeSboms } from '../../src/sbom/index.ts'
import { bytesSource, mutated, seeded } from '../sbom/bytes.ts'
import { fat } from '../sbom/executables.ts'
import { layerOf, makeRelease } from '../sbom/release.ts'
import { testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'

const platforms = ['linux/amd64', 'linux/s390x', 'linux/arm', 'darwin/amd64', 'darwin/arm64', 'windows/amd64']
const variants = [
  { name: 'plain', flags: [] },
  { name: 'stripped', flags: ['-ldflags=-s -w -X "main.greeting=good day"'] },
]

const sources = {
  'go.mod':
    'module example.com/Hello\ngo 1.24\nrequire (\n\texample.com/local v0.1.0\n\tgolang.org/x/sync v0.22.0\n\tgopkg.in/yaml.v3 v3.0.1\n)\nreplace (\n\texample.com/local => ./local\n\tgopkg.in/yaml.v3 => go.yaml.in/yaml/v3 v3.0.4\n)\n',
  'main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"example.com/local"\n\t"golang.org/x/sync/errgroup"\n\t"gopkg.in/yaml.v3"\n)\n\nvar greeting = "hello"\n\nfunc main() {\n\tvar group errgroup.Group\n\tout, err := yaml.Marshal(local.Name)\n\tfmt.Println(greeting, string(out), err, group.Wait())\n}\n',
  'local/go.mod': 'module example.com/local\ngo 1.24\n',
  'local/local.go': 'package local\n\nconst Name = "local"\n',
}

let folder: string
const binary = (platform: string, variant: string): string =>
  join(folder, `hello-${platform.replace('/', '-')}-${variant}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbom-e2e-'))
  await mkdir(join(folder, 'local'))
  for (const [name, text] of Object.entries(sources)) await writeFile(join(folder, name), text)
  for (const platform of platforms) {
    const { os, architecture } = parsePlatform(platform)
    const environment = {
      ...process.env,
      GOOS: os,
      GOARCH: architecture,
      CGO_ENABLED: '0',
      GOFLAGS: '-mod=mod -buildvcs=false',
    }
    for (const { name, flags } of variants) {
      await runCommand('go', ['build', '-trimpath', ...flags, '-o', binary(platform, name), '.'], {
        cwd: folder,
        environment,
      })
    }
  }
}, 600_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What `go version -m -json` says, in our words. */
async function asGoReadsIt(path: string): Promise<BuildInfo> {
  interface GoModule {
    readonly Path: string
    readonly Version?: string
    readonly Sum?: string
    readonly Replace?: GoModule
  }
  interface GoBuildInfo {
    readonly GoVersion: string
    readonly Path: string
    readonly Main: GoModule
    readonly Deps?: readonly GoModule[]
    readonly Settings: readonly { readonly Key: string; readonly Value: string }[]
  }
  const moduleOf = ({ Path, Version, Sum, Replace }: GoModule): Module => ({
    path: Path,
    ...(Version ? { version: Version } : {}),
    ...(Sum ? { sum: Sum } : {}),
    ...(Replace ? { replacement: moduleOf(Replace) } : {}),
  })
  const { stdout } = await runCommand('go', ['version', '-m', '-json', path])
  const info: GoBuildInfo = JSON.parse(stdout)
  return {
    goVersion: info.GoVersion,
    path: info.Path,
    main: moduleOf(info.Main),
    dependencies: (info.Deps ?? []).map(moduleOf),
    settings: Object.fromEntries(info.Settings.map(({ Key, Value }) => [Key, Value])),
  }
}

/** @throws with the validator's messages */
const validate = (path: string): Promise<unknown> =>
  runCommand(tool('pyspdxtools'), ['--infile', path, '--version', 'SPDX-2.3'], {
    environment: { ...process.env, PATH: toolsPath },
  })

describeWith(['go', 'pyspdxtools'], 'SBOMs of real Go binaries', () => {
  test.each(platforms.flatMap((platform) => variants.map(({ name }) => [platform, name] as const)))(
    '%s, %s: build info as Go reads it',
    async (platform, variant) => {
      const path = binary(platform, variant)
      const expected = await asGoReadsIt(path)
      expect(expected.dependencies).toHaveLength(3)
      expect(await readBuildInfo(path)).toEqual(expected)
    },
  )

  test('without section headers, as after sstrip', async () => {
    const bytes = await readFile(binary('linux/amd64', 'stripped'))
    bytes.fill(0, 40, 48)
    expect(await findBuildInfo(bytesSource(bytes))).toEqual(await asGoReadsIt(binary('linux/amd64', 'stripped')))
  })

  test('universal Mach-O', async () => {
    const slices = await Promise.all(
      ['darwin/amd64', 'darwin/arm64'].map((platform) => readFile(binary(platform, 'plain'))),
    )
    const path = join(folder, 'universal')
    await writeFile(path, fat(slices), { mode: 0o755 })
    expect(await readBuildInfo(path)).toEqual(await asGoReadsIt(path))
  })

  test.each(platforms)(
    '%s: 300 mutations of headers are read, found to be no Go binary, or refused',
    async (platform) => {
      const bytes = await readFile(binary(platform, 'stripped'))
      const random = seeded(20261122)
      const info = bytes.indexOf(Buffer.from('\xff Go buildinf:', 'latin1'))
      const headers = [
        [0, 1024],
        [info, info + 512],
        [bytes.length - 2048, bytes.length],
      ] as const
      const outcomes = { read: 0, none: 0, refused: 0 }
      for (let round = 0; round < 300; round++) {
        try {
          outcomes[(await findBuildInfo(bytesSource(mutated(bytes, random, headers)))) ? 'read' : 'none']++
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          outcomes.refused++
        }
      }
      expect(outcomes.read).toBeGreaterThan(10)
      expect(outcomes.none + outcomes.refused).toBeGreaterThan(10)
    },
  )

  test('every document of a release is valid SPDX 2.3', async () => {
    const directory = join(folder, 'release')
    const content = (platform: string): Promise<Buffer> => readFile(binary(platform, 'stripped'))
    const binaries = platforms.map(async (text) => ({
      name: `hello-${text.replace('/', '-')}${text.startsWith('windows') ? '.exe' : ''}`,
      content: await content(text),
      platform: parsePlatform(text),
    }))
    const images = platforms.slice(0, 2).map(async (text) => ({
      platform: parsePlatform(text),
      layers: [
        await layerOf([{ path: 'app/tool', content: await readFile(binary(text, 'plain')) }]),
        await layerOf([
          { path: 'app/hello', content: await content(text) },
          { path: 'cut', content: (await content(text)).subarray(0, 9999) },
        ]),
      ],
      annotations: {
        'org.opencontainers.image.base.name': 'registry.k8s.io/build-image/distroless:v1',
        'org.opencontainers.image.base.digest': `sha256:${'1'.repeat(64)}`,
      },
    }))
    await makeRelease(directory, {
      binaries: [
        ...(await Promise.all(binaries)),
        { name: 'hello.sh', content: Buffer.from('#!/bin/sh\n'), platform: parsePlatform('linux/amd64') },
      ],
      images: [{ name: 'hello', platforms: await Promise.all(images) }],
    })
    const { documents } = await writeSboms({ release: directory, files: [], dryRun: false }, testStep())
    expect(documents).toHaveLength(platforms.length + 1 + 2 + 1)
    await mapConcurrently(documents, 2, ({ path }) => validate(join(directory, path)))

    const text = await readFile(join(directory, 'files', 'hello-linux-amd64.spdx.json'), 'utf8')
    for (const purl of [
      'pkg:golang/example.com/hello@v1.2.3',
      'pkg:golang/example.com/local',
      'pkg:golang/golang.org/x/sync@v0.22.0',
      'pkg:golang/go.yaml.in/yaml/v3@v3.0.4',
    ]) {
      expect(text).toContain(`"referenceLocator": "${purl}"`)
    }
    expect(text).not.toContain(folder)
  })

  test('a broken document is not valid, so that the check above can fail', async () => {
    const path = binary('linux/amd64', 'plain')
    await writeSboms({ release: folder, files: [path], dryRun: false }, testStep({ workspace: folder }))
    await validate(`${path}.spdx.json`)
    const text = await readFile(`${path}.spdx.json`, 'utf8')
    await writeFile(join(folder, 'broken.spdx.json'), text.replace('"SPDXRef-Module-stdlib', '"SPDXRef-Module_stdlib'))
    await expect(validate(join(folder, 'broken.spdx.json'))).rejects.toThrow('exited with 1')
  })
})
