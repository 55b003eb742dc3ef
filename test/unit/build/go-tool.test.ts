import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { openGoTool } from '../../../src/build/go-tool.ts'
import { testStep } from '../../step.ts'

let folder: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'go-tool-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A go command that says it is a version, or the one that GOTOOLCHAIN asks for, and prints its environment for any other command. */
async function install(at: string, version: string, canSwitch = true): Promise<string> {
  const bin = join(folder, at, 'bin')
  await mkdir(bin, { recursive: true })
  const script = `#!/bin/sh
version=go${version}
case "$GOTOOLCHAIN" in go*) ${canSwitch ? 'version=$GOTOOLCHAIN' : 'echo "no such toolchain" >&2; exit 1'} ;; esac
if [ "$1" = env ]; then
  printf '{"GOVERSION":"%s","GOPROXY":"https://proxy.example.com","GOMODCACHE":"/m","GOCACHE":"/c"}' "$version"
else
  env; pwd; echo "args $*"
fi
`
  await writeFile(join(bin, 'go'), script)
  await chmod(join(bin, 'go'), 0o755)
  return bin
}

async function open(
  options: {
    path?: string[]
    go?: string
    toolchain?: string
    requested?: string
    environment?: Record<string, string>
  } = {},
) {
  const PATH = [...(options.path ?? []), '/usr/bin', '/bin']
    .filter((entry) => entry !== '/usr/local/go/bin')
    .join(delimiter)
  const onGitHub = options.environment?.RUNNER_TOOL_CACHE !== undefined
  const step = testStep({ onGitHub, environment: { PATH, HOME: '/home/x', ...options.environment } })
  const tool = await openGoTool(
    {
      project: folder,
      module: { path: 'example.com/x', go: options.go, toolchain: options.toolchain },
      requested: options.requested,
      workspaceFile: 'off',
      moduleMode: '-mod=vendor',
    },
    step,
  )
  const { stdout } = await tool.run(['version'], { GOOS: 'linux' })
  return { tool, stdout, messages: step.messages }
}

test.each([
  ['1.26.8', '1.24.0', undefined, undefined],
  ['1.26.8', '1.26.8', undefined, undefined],
  ['1.26.8', undefined, undefined, undefined],
  ['1.26.8', '1.24.0', '1.26.1', undefined],
  ['1.26.8', '1.24.0', undefined, '1.26'],
  ['1.26.8', '1.24.0', undefined, '1.26.8'],
  ['1.26rc1', '1.25.0', undefined, undefined],
])('%s fits go %s, toolchain %s, input %s: it is used as it is', async (installed, go, toolchain, requested) => {
  const { tool, stdout, messages } = await open({
    path: [await install('a', installed)],
    ...(go ? { go } : {}),
    ...(toolchain ? { toolchain } : {}),
    ...(requested ? { requested } : {}),
  })
  expect(tool.version).toBe(installed)
  expect(stdout).toContain('GOTOOLCHAIN=local\n')
  expect(messages).toEqual([])
})

test.each([
  ['1.24.0', '1.26.8', undefined, undefined, '1.26.8'],
  ['1.24.0', '1.24.0', '1.25.3', undefined, '1.25.3'],
  ['1.24.0', '1.26', undefined, undefined, '1.26.0'],
  ['1.26.8', '1.24.0', undefined, '1.26.7', '1.26.7'],
  ['1.26.8', '1.24.0', undefined, '1.25', '1.25.0'],
])(
  '%s does not fit go %s, toolchain %s, input %s: go fetches %s',
  async (installed, go, toolchain, requested, fetched) => {
    const { tool, stdout, messages } = await open({
      path: [await install('a', installed)],
      go,
      ...(toolchain ? { toolchain } : {}),
      ...(requested ? { requested } : {}),
    })
    expect(tool.version).toBe(fetched)
    expect(stdout).toContain(`GOTOOLCHAIN=go${fetched}\n`)
    expect(messages).toEqual([
      { kind: 'info', message: `Go ${fetched} is fetched from the module proxy; ${installed} is installed` },
    ])
  },
)

// The library of the tool cache reads the variables of the process itself.
test('a toolchain of the runner’s tool cache goes before one that would have to be fetched', async () => {
  const cache = join('tools', 'go', '1.26.8', process.arch)
  const bin = await install(cache, '1.26.8')
  await writeFile(join(folder, `${cache}.complete`), '')
  const before = process.env.RUNNER_TOOL_CACHE
  const output = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  process.env.RUNNER_TOOL_CACHE = join(folder, 'tools')
  try {
    const environment = { RUNNER_TOOL_CACHE: join(folder, 'tools') }
    for (const path of [[await install('a', '1.24.0')], []]) {
      const { tool, stdout, messages } = await open({ path, go: '1.26.0', requested: '1.26', environment })
      expect(tool.version).toBe('1.26.8')
      expect(stdout).toContain('GOTOOLCHAIN=local\n')
      expect(messages).toEqual([])
    }
    await expect(open({ path: [bin], requested: '1.27', environment })).resolves.toMatchObject({
      tool: { version: '1.27.0' },
    })
  } finally {
    output.mockRestore()
    if (before === undefined) delete process.env.RUNNER_TOOL_CACHE
    else process.env.RUNNER_TOOL_CACHE = before
  }
})

test('a version that cannot be fetched, and a machine without Go, are told', async () => {
  const old = await install('a', '1.24.0', false)
  await expect(open({ path: [old], go: '1.26.8' })).rejects.toThrow('no such toolchain')
  await expect(open({ path: [join(folder, 'none')], go: '1.26.8' })).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('Go 1.26.8 was not found\ngo was not found'),
    hint: expect.stringContaining('setup-go'),
  })
})

test.each(['latest', 'go1.26.8', '1.26.x', '-1'])('the input %s is refused', async (requested) => {
  const path = [await install('a', '1.26.8')]
  await expect(open({ path, requested })).rejects.toThrow(`'${requested}' is not a version of Go`)
})

test('a development version is refused', async () => {
  await expect(open({ path: [await install('a', 'x devel')] })).rejects.toThrow(/not a release of Go/)
})

test('nothing of the machine that changes the bytes reaches the compiler', async () => {
  const leaks = {
    GOFLAGS: '-tags=evil',
    GOAMD64: 'v4',
    GOEXPERIMENT: 'x',
    GOROOT: '/r',
    GOENV: '/e',
    GOWORK: '/w',
    CGO_ENABLED: '1',
    CGO_CFLAGS: '-O3',
    PWD: '/link',
  }
  const { stdout } = await open({
    path: [await install('a', '1.26.8')],
    environment: { ...leaks, HTTPS_PROXY: 'http://proxy' },
  })
  const lines = stdout
    .split('\n')
    .filter((line) => /^(GO|CGO)/.test(line))
    .sort()
  expect(lines).toEqual([
    'CGO_ENABLED=0',
    'GOCACHE=/c',
    'GOENV=off',
    'GOFLAGS=-mod=vendor',
    'GOMODCACHE=/m',
    'GOOS=linux',
    'GOPROXY=https://proxy.example.com',
    'GOTOOLCHAIN=local',
    'GOWORK=off',
  ])
  expect(stdout).toContain('HTTPS_PROXY=http://proxy\n')
  expect(stdout).toContain(`\n${folder}\nargs version\n`)
})
