import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../../src/errors/index.ts'
import { parseBuildInfo } from '../../../src/sbom/build-info.ts'

describe('the text that holds the modules', () => {
  test('is read line by line', () => {
    const text = [
      'path\texample.com/hello/cmd/hello',
      'mod\texample.com/hello\t(devel)\t',
      'dep\tgithub.com/spf13/cobra\tv1.8.0\th1:abc=',
      'dep\tk8s.io/api\tv0.0.0',
      '=>\t./staging/api\t(devel)\t',
      'dep\tgopkg.in/yaml.v3\tv3.0.1\th1:def=',
      '=>\texample.com/fork/yaml\tv3.0.2\th1:ghi=',
      'build\tCGO_ENABLED=0',
      'build\tGOOS=linux',
      'future\tline',
      '',
    ].join('\n')
    expect(parseBuildInfo('go1.26.8', text)).toEqual({
      goVersion: 'go1.26.8',
      path: 'example.com/hello/cmd/hello',
      main: { path: 'example.com/hello', version: '(devel)' },
      dependencies: [
        { path: 'github.com/spf13/cobra', version: 'v1.8.0', sum: 'h1:abc=' },
        { path: 'k8s.io/api', version: 'v0.0.0', replacement: { path: './staging/api', version: '(devel)' } },
        {
          path: 'gopkg.in/yaml.v3',
          version: 'v3.0.1',
          sum: 'h1:def=',
          replacement: { path: 'example.com/fork/yaml', version: 'v3.0.2', sum: 'h1:ghi=' },
        },
      ],
      settings: { CGO_ENABLED: '0', GOOS: 'linux' },
    })
  })

  test('is empty in a binary without modules', () => {
    expect(parseBuildInfo('go1.17', '')).toEqual({ goVersion: 'go1.17', dependencies: [], settings: {} })
  })

  test.each([
    ['-ldflags="-s -w -X main.version=v1=2"', '-ldflags', '-s -w -X main.version=v1=2'],
    ['-tags=a,b', '-tags', 'a,b'],
    ['CGO_LDFLAGS=', 'CGO_LDFLAGS', ''],
    [
      String.raw`-ldflags="-X 'main.text=a\"b\\c\td\n\u00e9\U0001F600\x7f'"`,
      '-ldflags',
      "-X 'main.text=a\"b\\c\td\né😀\x7f'",
    ],
    ['-gcflags=`all=-N "x"`', '-gcflags', 'all=-N "x"'],
    ['"odd key\t="=value', 'odd key\t=', 'value'],
    ['__proto__=polluted', '__proto__', 'polluted'],
    [String.raw`broken="\xff"`, 'broken', '\uFFFD'],
  ])('has the setting %s', (line, key, value) => {
    const { settings } = parseBuildInfo('go1.26', `build\t${line}\n`)
    expect(Object.entries(settings)).toEqual([[key, value]])
  })

  test.each([
    ['=>\texample.com/fork\tv1.0.0', 'replaces no module'],
    ['dep\ta\tv1\n=>\tb\tv1\n=>\tc\tv1', 'replaces no module'],
    ['dep\t\tv1.0.0', 'without a path'],
    ['mod', 'without a path'],
    ['build\tnothing', 'not key=value'],
    ['build\t=value', 'not key=value'],
    ['build\tkey="open', 'open quote'],
    ['build\tkey="', 'open quote'],
  ])('is malformed: %j', (text, message) => {
    expect(() => parseBuildInfo('go1.26', text)).toThrow(UserError)
    expect(() => parseBuildInfo('go1.26', text)).toThrow(message)
  })
})
