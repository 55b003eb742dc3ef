import { describe, expect, test } from '@jest/globals'
import { chooseTag, parseStatus, pseudoVersion } from '../../../src/build/git.ts'
import { parseGoModule, projectName } from '../../../src/build/go-module.ts'
import { compareGoVersions, firstRelease, isGoVersion, releaseOf } from '../../../src/build/go-version.ts'
import { chooseMainPackages, commandName } from '../../../src/build/main-packages.ts'
import { normalizeRepository } from '../../../src/build/repository-url.ts'
import { parseTarget, parseTargets } from '../../../src/build/target.ts'
import { expandTemplate } from '../../../src/build/template.ts'

describe('templates', () => {
  const values = { Version: 'v1.2.3', Commit: 'abc', CommitDate: '2026-01-02T03:04:05Z', Name: 'hello' }

  test.each([
    ['-s -w', '-s -w'],
    ['-X main.v={{.Version}}', '-X main.v=v1.2.3'],
    ['{{ .Name }}-{{.Commit}} {{.CommitDate}}', 'hello-abc 2026-01-02T03:04:05Z'],
    ['{.Version} }} $&', '{.Version} }} $&'],
  ])('%s', (text, expected) => {
    expect(expandTemplate(text, values, 'ldflags')).toBe(expected)
  })

  test.each([
    ['{{.Verison}}', 'Did you mean {{.Version}}?'],
    ['{{Version}}', 'Did you mean {{.Version}}?'],
    ['{{.version}}', 'Did you mean {{.Version}}?'],
    ['{{.GitTreeState}}', 'Known: {{.Version}}, {{.Commit}}, {{.CommitDate}}, {{.Name}}.'],
    ['{{.constructor}}', 'Known: {{.Version}}, {{.Commit}}, {{.CommitDate}}, {{.Name}}.'],
    ['{{}}', 'Known: {{.Version}}, {{.Commit}}, {{.CommitDate}}, {{.Name}}.'],
    ['{{.Version', 'Write {{.Version}}.'],
  ])('%s is refused', (text, hint) => {
    expect(() => expandTemplate(text, values, 'ldflags')).toThrow(expect.objectContaining({ name: 'UserError', hint }))
  })
})

describe('git remotes', () => {
  test.each([
    ['https://github.com/kubernetes-sigs/bom.git', 'https://github.com/kubernetes-sigs/bom'],
    ['https://github.com/kubernetes-sigs/bom/', 'https://github.com/kubernetes-sigs/bom'],
    ['https://user:ghp_secret@GitHub.com/org/repo.git', 'https://github.com/org/repo'],
    ['https://x-access-token@github.com/org/repo', 'https://github.com/org/repo'],
    ['http://git.example.com:8080/org/repo.git', 'https://git.example.com:8080/org/repo'],
    ['git@github.com:org/repo.git', 'https://github.com/org/repo'],
    ['github.com:org/repo', 'https://github.com/org/repo'],
    ['ssh://git@github.com:22/org/repo.git', 'https://github.com/org/repo'],
    ['ssh://git:pass@ssh.example.com:2222/org/repo', 'https://ssh.example.com/org/repo'],
    ['git://git.kernel.org/pub/git.git', 'https://git.kernel.org/pub/git'],
    ['git+ssh://git@github.com/org/repo.git', 'https://github.com/org/repo'],
    ['/srv/git/hello.git', 'file:///srv/git/hello'],
    ['file:///srv/git/hello.git/', 'file:///srv/git/hello'],
    ['../hello', 'file:///src/hello'],
    ['./a:b', 'file:///src/repo/a:b'],
  ])('%s', (remote, expected) => {
    expect(normalizeRepository(remote, '/src/repo')).toBe(expected)
  })

  test('never keep credentials, whatever they are made of', () => {
    for (const user of ['token', 'user:token', 'user:to%40ken', 'a.b+c:token']) {
      for (const scheme of ['https', 'http', 'ssh', 'git+ssh', 'git+https', 'ftp']) {
        expect(normalizeRepository(`${scheme}://${user}@example.com/org/repo`, '/')).toBe(
          'https://example.com/org/repo',
        )
      }
    }
  })
})

test('git status gives changed paths, of a rename the new one', () => {
  const output = ' M a b.go\0R  new.go\0old.go\0A  "quoted\0D  gone.go\0RM x\0y\0'
  expect(parseStatus(output)).toEqual(['a b.go', 'new.go', '"quoted', 'gone.go', 'x'])
  expect(parseStatus('')).toEqual([])
})

describe('the tag that names the version', () => {
  test.each([
    [['v1.2.3'], '', undefined, 'v1.2.3'],
    [['1.2.3'], '', undefined, '1.2.3'],
    [['v1.2.3-rc.1', 'v1.2.3', 'v1.2.2'], '', undefined, 'v1.2.3'],
    [['v1.10.0', 'v1.9.0'], '', undefined, 'v1.10.0'],
    [['v1.2.3-rc.1', 'v1.2.3'], '', 'refs/tags/v1.2.3-rc.1', 'v1.2.3-rc.1'],
    [['latest', 'v1', 'v1.2', 'release-1'], '', undefined, undefined],
    [['api/v1.2.3', 'v2.0.0'], 'api', undefined, 'v1.2.3'],
    [['other/v1.2.3', 'v2.0.0'], 'api', undefined, 'v2.0.0'],
    [['other/v1.2.3'], '', undefined, undefined],
    [['api/v1.2.3'], '', undefined, undefined],
    [[], '', undefined, undefined],
    [[''], '', undefined, undefined],
  ])('of %j in %j for %j is %j', (tags, directory, ref, version) => {
    expect(chooseTag(tags, directory, ref)?.version).toBe(version)
  })
})

test('a commit without a tag has the pseudo-version of Go', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567'
  expect(pseudoVersion('2026-01-02T03:04:05Z', commit)).toBe('v0.0.0-20260102030405-0123456789ab')
})

describe('go.mod', () => {
  test.each([
    ['module example.com/hello\n\ngo 1.24.0\n\ntoolchain go1.26.8\n', 'example.com/hello', '1.24.0', '1.26.8'],
    ['// comment\nmodule "example.com/hello" // why\ngo 1.24 // least\n', 'example.com/hello', '1.24', undefined],
    ['module (\n\texample.com/hello\n)\nrequire (\n\tgo v1.0.0\n)\n', 'example.com/hello', undefined, undefined],
    ['module example.com/a\r\ngo 1.22.1\r\ntoolchain default\r\n', 'example.com/a', '1.22.1', undefined],
    ['require (\n  module v1.0.0\n)\nmodule example.com/b\n', 'example.com/b', undefined, undefined],
  ])('%j', (text, path, go, toolchain) => {
    expect(parseGoModule(text)).toEqual({ path, go, toolchain })
  })

  test.each(['', 'go 1.24\n', 'module\n', 'module a b;c\nmodule $(x)\n'.replace('a b;c', '$(x)')])(
    '%j names no module',
    (text) => {
      expect(parseGoModule(text)).toBeUndefined()
    },
  )

  test.each([
    ['example.com/hello', 'hello'],
    ['example.com/hello/v2', 'hello'],
    ['gopkg.in/hello.v2', 'hello'],
    ['k8s.io/kubernetes/cmd/vhello', 'vhello'],
    ['hello', 'hello'],
  ])('the project of %s is %s', (path, name) => {
    expect(projectName(path)).toBe(name)
  })
})

describe('versions of Go', () => {
  test('are ordered as Go orders them', () => {
    const ordered = [
      '1.9.7',
      '1.21rc2',
      '1.21.0',
      '1.26beta1',
      '1.26rc1',
      '1.26rc2',
      '1.26.0',
      '1.26.8',
      '1.26.10',
      '1.27.0',
      '2.0.0',
    ]
    expect([...ordered].reverse().sort(compareGoVersions)).toEqual(ordered)
    expect(compareGoVersions('1.26', '1.26.0')).toBe(0)
  })

  test.each([
    ['go1.26.8', '1.26.8'],
    ['go1.26.8 X:loopvar', '1.26.8'],
    ['go1.27rc1', '1.27rc1'],
    ['devel go1.27-abcdef', undefined],
    ['', undefined],
  ])('%j is %j', (text, version) => {
    expect(releaseOf(text)).toBe(version)
  })

  test.each(['1.26', '1.26.8', '1.27rc1'])('%s is one', (text) => expect(isGoVersion(text)).toBe(true))
  test.each(['go1.26', '1', 'latest', '1.26.x', '1.26.8+auto', '-1.26', ''])('%j is none', (text) =>
    expect(isGoVersion(text)).toBe(false),
  )

  test('a language version is its first release since 1.21', () => {
    expect(['1.20', '1.21', '1.26', '1.26.3'].map(firstRelease)).toEqual(['1.20', '1.21.0', '1.26.0', '1.26.3'])
  })
})

describe('main packages', () => {
  const main = (directory: string) => ({
    importPath: `example.com/x/${directory}`,
    directory,
    command: commandName(`example.com/x/${directory}`),
  })

  test.each([
    [
      ['cmd/a', 'cmd/b', '', 'hack/c'],
      ['cmd/a', 'cmd/b'],
    ],
    [['', 'tools/a', 'other/b'], ['']],
    [
      ['hack/a', 'b', 'test/e2e', 'examples/c', 'api/tools/d', 'testing/f'],
      ['b', 'testing/f'],
    ],
    [['cmd/tools/a', 'cmd/b'], ['cmd/b']],
    [['hack/a'], []],
  ])('of %j are %j', (directories, expected) => {
    expect(chooseMainPackages(directories.map(main)).map(({ directory }) => directory)).toEqual(expected)
  })

  test.each([
    ['example.com/hello', 'hello'],
    ['example.com/hello/v2', 'hello'],
    ['example.com/hello/v2/cmd/x', 'x'],
    ['hello', 'hello'],
  ])('%s is the command %s', (path, command) => {
    expect(commandName(path)).toBe(command)
  })
})

describe('platforms', () => {
  test.each([
    ['linux/amd64', 'linux-amd64', { GOOS: 'linux', GOARCH: 'amd64', GOAMD64: 'v1' }, undefined],
    ['linux/amd64/v1', 'linux-amd64', { GOOS: 'linux', GOARCH: 'amd64', GOAMD64: 'v1' }, undefined],
    ['linux/amd64/v3', 'linux-amd64v3', { GOOS: 'linux', GOARCH: 'amd64', GOAMD64: 'v3' }, 'v3'],
    ['linux/arm', 'linux-armv7', { GOOS: 'linux', GOARCH: 'arm', GOARM: '7' }, 'v7'],
    ['linux/arm/v6', 'linux-armv6', { GOOS: 'linux', GOARCH: 'arm', GOARM: '6' }, 'v6'],
    ['linux/arm64/v8', 'linux-arm64', { GOOS: 'linux', GOARCH: 'arm64' }, undefined],
    ['linux/s390x', 'linux-s390x', { GOOS: 'linux', GOARCH: 's390x' }, undefined],
    ['windows/amd64', 'windows-amd64', { GOOS: 'windows', GOARCH: 'amd64', GOAMD64: 'v1' }, undefined],
  ])('%s', (text, suffix, environment, variant) => {
    const target = parseTarget(text)
    expect(target).toMatchObject({ suffix, environment })
    expect(target.platform.variant).toBe(variant)
    expect(target.extension).toBe(text.startsWith('windows') ? '.exe' : '')
  })

  test.each([
    ['linux/amd46', "Did you mean 'linux/amd64'?"],
    ['darwn/arm64', "Did you mean 'darwin/arm64'?"],
    ['linux/arm/v9', 'Known for arm: v5, v6, v7.'],
    ['linux/s390x/v2', 'Write linux/s390x.'],
    ['linux/arm64/v9', 'Write linux/arm64.'],
    ['linux', 'Write os/architecture or os/architecture/variant, such as linux/arm64.'],
    ['plan9/amd64', expect.stringContaining('')],
  ])('%s is refused', (text, hint) => {
    expect(() => parseTarget(text)).toThrow(expect.objectContaining({ name: 'UserError', hint }))
  })

  test('are sorted, and none is given twice or not at all', () => {
    expect(parseTargets(['windows/amd64', 'linux/arm', 'darwin/arm64']).map(({ suffix }) => suffix)).toEqual([
      'darwin-arm64',
      'linux-armv7',
      'windows-amd64',
    ])
    expect(() => parseTargets(['linux/arm', 'linux/arm/v7'])).toThrow('The platform linux/arm/v7 is given twice')
    expect(() => parseTargets([])).toThrow('No platform to build for')
  })
})
