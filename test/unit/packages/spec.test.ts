import { describe, expect, test } from '@jest/globals'
import { describeError } from '../../../src/errors/index.ts'
import { parsePackageSpecs } from '../../../src/packages/spec.ts'

const one = (spec: object) => parsePackageSpecs({ hello: spec })[0]

function messageOf(body: () => unknown): string {
  try {
    body()
  } catch (error) {
    return describeError(error)
  }
  return 'no error'
}

describe('parsePackageSpecs', () => {
  test('nothing is no package; a name alone is one', () => {
    expect(parsePackageSpecs(undefined)).toEqual([])
    expect(parsePackageSpecs(null)).toEqual([])
    expect(parsePackageSpecs({ hello: null })[0]).toMatchObject({ name: 'hello', revision: '1', files: [] })
  })

  test('a list and a map say the same', () => {
    const [listed] = parsePackageSpecs([{ name: 'hello', summary: 'Greets' }])
    expect({ ...listed, place: '' }).toEqual({ ...one({ summary: 'Greets' }), place: '' })
  })

  test('a relation for both formats is written in each one’s way', () => {
    const relations = one({ depends: ['iptables >= 1.4.21', 'mount (<< 3)'], conflicts: ['old'] })?.relations
    expect(relations?.deb.depends).toEqual(['iptables (>= 1.4.21)', 'mount (<< 3)'])
    expect(relations?.rpm.depends).toEqual([
      { name: 'iptables', comparison: { operator: '>=', version: '1.4.21' } },
      { name: 'mount', comparison: { operator: '<', version: '3' } },
    ])
    expect(relations?.rpm.conflicts).toEqual([{ name: 'old' }])
    expect(relations?.deb.suggests).toEqual([])
  })

  test('relations of one format stay with it', () => {
    const relations = one({
      depends: { deb: ['mount | util-linux (>= 2)', 'libc6:any'], rpm: ['libc.so.6()(64bit)'] },
    })?.relations
    expect(relations?.deb.depends).toEqual(['mount | util-linux (>= 2)', 'libc6:any'])
    expect(relations?.rpm.depends).toEqual([{ name: 'libc.so.6()(64bit)' }])
  })

  test('files, units and scripts', () => {
    const spec = one({
      files: [{ source: 'config/*', destination: '/etc/hello/', mode: '0640', config: false }],
      'systemd-units': ['hello.service'],
      scripts: { postinstall: 'post.sh', preremove: { rpm: 'prerm.sh' } },
    })
    expect(spec?.files).toEqual([
      {
        place: 'packages.hello.files[0]',
        source: 'config/*',
        destination: '/etc/hello/',
        mode: 0o640,
        config: false,
      },
    ])
    expect(spec?.scripts).toEqual({
      deb: { postinstall: 'post.sh' },
      rpm: { postinstall: 'post.sh', preremove: 'prerm.sh' },
    })
  })

  test.each<[unknown, string]>([
    [{ hello: { sumary: 'x' } }, "packages.hello: unknown key 'sumary'\n  Did you mean 'summary'?"],
    [{ hello: { nonsense: 'x' } }, "packages.hello: unknown key 'nonsense'\n  Known are summary,"],
    [[{ name: 'hello', unit: [] }], "packages[0]: unknown key 'unit'"],
    [[{ summary: 'x' }], 'packages[0].name: expected text, found nothing'],
    [[{ name: 'a1' }, { name: 'a1' }], "packages[1]: two packages have the name 'a1'"],
    ['hello', "packages: expected a map, found 'hello'"],
    [{ Hello: null }, "packages.Hello.name: 'Hello' is not a package's name"],
    [{ '-o': null }, "packages.-o.name: '-o' is not a package's name"],
    [{ hello: { summary: 'two\nlines' } }, 'packages.hello.summary: expected one line'],
    [{ hello: { summary: 1.5 } }, "packages.hello.summary: expected text, found 1.5\n  Put it in quotes: '1.5'."],
    [{ hello: { maintainer: 'Jane' } }, "packages.hello.maintainer: 'Jane' is not 'Name <address>'"],
    [{ hello: { maintainer: 'Jane <a@b>\nInjected: yes' } }, 'packages.hello.maintainer: expected one line'],
    [{ hello: { homepage: 'example.com' } }, 'is not an http(s) address'],
    [{ hello: { revision: '1-2' } }, 'packages.hello.revision'],
    [{ hello: { depends: 'mount' } }, "packages.hello.depends: expected a map, found 'mount'"],
    [{ hello: { depends: ['a | b'] } }, "packages.hello.depends[0]: 'a | b' is not a relation"],
    [{ hello: { depends: ['a (>= 1'] } }, "packages.hello.depends[0]: 'a (>= 1' is not a relation"],
    [{ hello: { depends: { debs: [] } } }, "packages.hello.depends: unknown key 'debs'\n  Did you mean 'deb'?"],
    [{ hello: { depends: { deb: ['Upper'] } } }, "packages.hello.depends.deb[0]: 'Upper'"],
    [{ hello: { depends: { deb: ['a\nInjected: yes'] } } }, 'packages.hello.depends.deb[0]: expected one line'],
    [{ hello: { binaries: ['../sh'] } }, "packages.hello.binaries: '../sh' is not the name of a command"],
    [{ hello: { files: [{ source: 'a' }] } }, 'packages.hello.files[0].destination: expected text, found nothing'],
    [{ hello: { files: [{ source: 'a', destination: 'etc/a' }] } }, 'is not an absolute path'],
    [{ hello: { files: [{ source: 'a', destination: '/etc/../a' }] } }, "has a part '.' or '..'"],
    [{ hello: { files: [{ source: 'a', destination: '/a b' }] } }, 'is not an absolute path'],
    [{ hello: { files: [{ source: 'a', destination: '/a', mode: 644 }] } }, 'files[0].mode: write the mode in quotes'],
    [{ hello: { files: [{ source: 'a', destination: '/a', mode: '0999' }] } }, "files[0].mode: '0999' is not a mode"],
    [{ hello: { files: [{ source: 'a', destination: '/a', config: 'yes' }] } }, 'expected true or false, found'],
    [{ hello: { files: [{ src: 'a', destination: '/a' }] } }, "packages.hello.files[0]: unknown key 'src'"],
    [{ hello: { 'systemd-units': ['hello.conf'] } }, "'hello.conf' is not the path of a systemd unit"],
    [{ hello: { 'systemd-units': ["a'b.service"] } }, 'is not the path of a systemd unit'],
    [{ hello: { scripts: { postinst: 'a' } } }, "packages.hello.scripts: unknown key 'postinst'"],
    [{ hello: { scripts: { postinstall: { dep: 'a' } } } }, "scripts.postinstall: unknown key 'dep'"],
  ])('%j is refused', (input, message) => {
    expect(messageOf(() => parsePackageSpecs(input))).toContain(message)
  })
})
