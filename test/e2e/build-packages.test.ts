import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import buildPackages from '../../actions/build-packages/main.ts'
import { openSigningKey } from '../../src/openpgp/index.ts'
import { readDeb, readRpm } from '../../src/packages/index.ts'
import { formatVersion } from '../../src/packages/package.ts'
import { packageVersion } from '../../src/packages/version.ts'
import { type CommandResult, runCommand } from '../../src/runner/index.ts'
import { flipByte, helloRelease, runAction } from '../packages/release.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'

const packages = `
hello:
  summary: Greets whoever asks over HTTP
  description: |
    A small server that answers every request with a greeting.

    It has one more paragraph.
  maintainer: The hello maintainers <hello@users.noreply.github.com>
  section: net
  recommends: [iptables >= 1.4.21]
  files:
    - { source: hello.yaml, destination: /etc/hello/ }
    - { source: guide.txt, destination: /usr/share/doc/hello/ }
  systemd-units: [hello.service]
  scripts:
    postinstall: postinstall.sh
    preremove: preremove.sh
`

const project: Readonly<Record<string, string>> = {
  'hello.yaml': 'port: 8080\n',
  'guide.txt': 'Ask, and you are greeted.\n',
  'hello.service':
    '[Unit]\nDescription=hello\n[Service]\nExecStart=/usr/bin/hello\n[Install]\nWantedBy=multi-user.target\n',
  'postinstall.sh': '#!/bin/sh\necho "postinstall $*" >>"$DPKG_ROOT/calls"\n',
  'preremove.sh': '#!/bin/sh\necho "preremove $*" >>"$DPKG_ROOT/calls"\n',
}

let root: string

const step = (onGitHub = false) =>
  testStep({ workspace: root, environment: { XDG_STATE_HOME: root }, onGitHub, now: () => new Date() })

const run = (command: string, args: readonly string[]): Promise<CommandResult> =>
  runCommand(tool(command), args, { allowFailure: true, environment: { ...process.env, LC_ALL: 'C.UTF-8' } })

const release = (version: string): string => join(root, version)
const deb = (version: string, architecture = 'amd64'): string =>
  join(release(version), 'files', `hello_${formatVersion(packageVersion(version, '1'))}_${architecture}.deb`)
const rpm = (version: string, architecture = 'x86_64'): string =>
  join(release(version), 'files', `hello-${formatVersion(packageVersion(version, '1'))}.${architecture}.rpm`)
const newFolder = (name: string): Promise<string> => mkdtemp(join(root, `${name}-`))

describeWith(
  ['go', 'dpkg', 'dpkg-deb', 'lintian', 'rpm', 'rpmkeys', 'rpmbuild', 'rpmlint', 'xz'],
  'dpkg and rpm take the packages',
  () => {
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'build-packages-'))
      await copyFile(join(import.meta.dirname, '..', '..', 'LICENSE'), join(root, 'LICENSE'))
      for (const [name, content] of Object.entries(project)) await writeFile(join(root, name), content)
      for (const version of ['v1.0.0', 'v1.1.0-rc.2', 'v1.1.0']) {
        await helloRelease(release(version), version)
        await runAction(buildPackages, { release: release(version), packages, project: root }, step())
      }
      const { publicKeyArmored } = await openSigningKey({ key: undefined, passphrase: undefined }, step())
      await writeFile(join(root, 'key.asc'), publicKeyArmored)
    })
    afterAll(() => rm(root, { recursive: true, force: true }))

    describe('dpkg', () => {
      test('reads what the control data and the archive hold', async () => {
        const { stdout } = await run('dpkg-deb', ['--contents', deb('v1.0.0')])
        const lines = stdout.trim().split('\n')
        expect(lines.map((line) => line.replace(/^(\S+) (\S+) .* (\S+)$/, '$1 $2 $3'))).toEqual([
          'drwxr-xr-x root/root ./',
          'drwxr-xr-x root/root ./etc/',
          'drwxr-xr-x root/root ./etc/hello/',
          '-rw-r--r-- root/root ./etc/hello/hello.yaml',
          'drwxr-xr-x root/root ./lib/',
          'drwxr-xr-x root/root ./lib/systemd/',
          'drwxr-xr-x root/root ./lib/systemd/system/',
          '-rw-r--r-- root/root ./lib/systemd/system/hello.service',
          'drwxr-xr-x root/root ./usr/',
          'drwxr-xr-x root/root ./usr/bin/',
          '-rwxr-xr-x root/root ./usr/bin/hello',
          'drwxr-xr-x root/root ./usr/share/',
          'drwxr-xr-x root/root ./usr/share/doc/',
          'drwxr-xr-x root/root ./usr/share/doc/hello/',
          '-rw-r--r-- root/root ./usr/share/doc/hello/changelog.Debian.gz',
          '-rw-r--r-- root/root ./usr/share/doc/hello/copyright',
          '-rw-r--r-- root/root ./usr/share/doc/hello/guide.txt',
          'drwxr-xr-x root/root ./usr/share/lintian/',
          'drwxr-xr-x root/root ./usr/share/lintian/overrides/',
          '-rw-r--r-- root/root ./usr/share/lintian/overrides/hello',
        ])
        const field = async (name: string): Promise<string> =>
          (await run('dpkg-deb', ['--field', deb('v1.0.0'), name])).stdout.trim()
        expect(await field('Recommends')).toBe('iptables (>= 1.4.21)')
        expect(await field('Description')).toContain('\n .\n It has one more paragraph.')
        const { control } = await readDeb(deb('v1.0.0'))
        expect((await run('dpkg-deb', ['--field', deb('v1.0.0')])).stdout).toBe(control)
      })

      test('lintian finds no error', async () => {
        const { stdout, exitCode } = await run('lintian', ['--allow-root', deb('v1.0.0'), deb('v1.0.0', 'arm64')])
        expect(stdout).not.toMatch(/^E:/m)
        expect(exitCode).toBe(0)
      })

      test('installs, upgrades from a candidate to its release, keeps what was configured, and removes', async () => {
        const machine = await newFolder('dpkg')
        for (const folder of ['info', 'updates', 'triggers']) {
          await mkdir(join(machine, 'var/lib/dpkg', folder), { recursive: true })
        }
        await writeFile(join(machine, 'var/lib/dpkg/status'), '')
        const dpkg = (...args: string[]): Promise<CommandResult> =>
          run('dpkg', [
            `--root=${machine}`,
            '--log=/dev/null',
            '--force-script-chrootless',
            '--force-not-root',
            '--force-architecture',
            ...args,
          ])
        expect(await dpkg('--install', deb('v1.1.0-rc.2'))).toMatchObject({ exitCode: 0, stderr: '' })
        expect((await runCommand(join(machine, 'usr/bin/hello'), [])).stdout).toBe('hello v1.1.0-rc.2\n')
        expect((await dpkg('--verify')).stdout).toBe('')
        await writeFile(join(machine, 'etc/hello/hello.yaml'), 'port: 9090\n')
        const upgrade = ['--refuse-downgrade', '--force-confdef', '--skip-same-version', '--install']
        expect(await dpkg(...upgrade, deb('v1.1.0'))).toMatchObject({ exitCode: 0 })
        expect((await runCommand(join(machine, 'usr/bin/hello'), [])).stdout).toBe('hello v1.1.0\n')
        expect(await readFile(join(machine, 'etc/hello/hello.yaml'), 'utf8')).toBe('port: 9090\n')
        await dpkg(...upgrade, deb('v1.1.0-rc.2'))
        expect((await runCommand(join(machine, 'usr/bin/hello'), [])).stdout).toBe('hello v1.1.0\n')
        expect(await dpkg('--purge', 'hello')).toMatchObject({ exitCode: 0 })
        expect(await readdir(machine)).not.toContain('usr')
        expect(await readFile(join(machine, 'calls'), 'utf8')).toBe(
          'postinstall configure \npreremove upgrade 1.1.0-1\npostinstall configure 1.1.0~rc.2-1\npreremove remove\n',
        )
      })

      test('and our reader understand all compressions of each other', async () => {
        const directory = release('v2.0.0')
        await helloRelease(directory, 'v2.0.0')
        for (const compression of ['gzip', 'zstd', 'xz']) {
          await runAction(buildPackages, { release: directory, packages, project: root, compression }, step())
          const path = join(directory, 'files', 'hello_2.0.0-1_amd64.deb')
          const unpacked = await newFolder('unpacked')
          expect(await run('dpkg-deb', ['--raw-extract', path, unpacked])).toMatchObject({ exitCode: 0, stderr: '' })
          expect((await runCommand(join(unpacked, 'usr/bin/hello'), [])).stdout).toBe('hello v2.0.0\n')
          const again = join(directory, 'again.deb')
          await runCommand(tool('dpkg-deb'), [`-Z${compression}`, '--root-owner-group', '--build', unpacked, again])
          expect((await readDeb(again)).control).toBe((await readDeb(path)).control)
          const rpmPath = join(directory, 'files', 'hello-2.0.0-1.x86_64.rpm')
          expect(await check(rpmPath)).toMatchObject({ exitCode: 0 })
        }
      })
    })

    describe('rpm', () => {
      test('finds every digest and the signature right, and a changed package wrong', async () => {
        for (const architecture of ['x86_64', 'aarch64']) {
          const { stdout, exitCode } = await check(rpm('v1.0.0', architecture))
          expect(exitCode).toBe(0)
          const results = stdout.trim().split('\n').slice(1)
          expect(results).toHaveLength(5)
          for (const result of results) expect(result).toMatch(/: OK$/)
          expect(stdout).toMatch(/Header V4 RSA\/SHA512 Signature/)
        }
        const { headerRange } = await readRpm(rpm('v1.0.0'))
        for (const position of [-20, headerRange.start + 60, headerRange.end - 30]) {
          const changed = join(await newFolder('changed'), 'changed.rpm')
          await copyFile(rpm('v1.0.0'), changed)
          await flipByte(changed, position)
          expect((await check(changed)).exitCode).not.toBe(0)
        }
      })

      test('refuses a package without a signature, which a runner without a key makes', async () => {
        const directory = release('v2.1.0')
        await helloRelease(directory, 'v2.1.0')
        await runAction(buildPackages, { release: directory, formats: 'rpm' }, step(true))
        const { exitCode, stdout } = await check(join(directory, 'files', 'hello-2.1.0-1.x86_64.rpm'))
        expect(exitCode).toBe(1)
        expect(stdout).toContain('Header SHA256 digest: OK')
      })

      test('reads what our reader reads', async () => {
        const query = async (...format: string[]): Promise<string> =>
          (await run('rpm', ['-qp', ...format, rpm('v1.1.0-rc.2')])).stdout.trim()
        const found = await readRpm(rpm('v1.1.0-rc.2'))
        expect(await query('--qf', '%{NAME} %{VERSION} %{RELEASE} %{ARCH}')).toBe('hello 1.1.0~rc.2 1 x86_64')
        expect(await query('--list')).toBe(found.files.map(({ path }) => path).join('\n'))
        expect(await query('--qf', '%{SUMMARY}\n%{DESCRIPTION}')).toBe(`${found.summary}\n${found.description}`)
        expect(await query('--qf', '%{SIZE} %{ARCHIVESIZE} %{BUILDTIME}')).toBe(
          `${found.installedSize} ${found.archiveSize} ${found.buildTime}`,
        )
        expect(await query('--configfiles')).toBe('/etc/hello/hello.yaml')
        expect(await query('--docfiles')).toBe('/usr/share/doc/hello/guide.txt')
        expect(await query('--licensefiles')).toBe('/usr/share/licenses/hello/LICENSE')
        for (const kind of ['provides', 'requires', 'recommends'] as const) {
          const names = found.dependencies[kind].map(({ name, comparison, version }) =>
            [name, comparison && { LT: '<', LE: '<=', EQ: '=', GE: '>=', GT: '>' }[comparison], version]
              .filter(Boolean)
              .join(' '),
          )
          expect(await query(`--${kind}`)).toBe(names.join('\n'))
        }
        expect(await query('--provides')).toBe(
          ['config(hello) = 1.1.0~rc.2-1', 'hello = 1.1.0~rc.2-1', 'hello(x86-64) = 1.1.0~rc.2-1'].join('\n'),
        )
      })

      test('rpmlint finds no error but what every static program has', async () => {
        const { stdout } = await run('rpmlint', [rpm('v1.0.0'), rpm('v1.0.0', 'aarch64')])
        const errors = stdout.split('\n').filter((line) => / E: /.test(line))
        // The key is the machine's own, so no list of distributions has it.
        expect(errors.filter((line) => !/statically-linked-binary|unknown-key/.test(line))).toEqual([])
        expect(stdout).toMatch(/2 packages and 0 specfiles checked/)
      })

      test('installs, upgrades from a candidate to its release and not back, and removes', async () => {
        const machine = await newFolder('rpm')
        await bringShell(machine)
        const inside = (...args: string[]): Promise<CommandResult> => run('rpm', ['--root', machine, ...args])
        await run('rpmkeys', ['--root', machine, '--import', join(root, 'key.asc')])
        const install = (version: string): Promise<CommandResult> =>
          inside('--define', '_pkgverify_level all', '--nodeps', '-U', rpm(version))
        expect(await install('v1.1.0-rc.2')).toMatchObject({ exitCode: 0 })
        expect((await runCommand(join(machine, 'usr/bin/hello'), [])).stdout).toBe('hello v1.1.0-rc.2\n')
        expect((await inside('-V', '--nodeps', 'hello')).stdout).toBe('')
        await writeFile(join(machine, 'etc/hello/hello.yaml'), 'port: 9090\n')
        expect(await install('v1.1.0')).toMatchObject({ exitCode: 0 })
        expect((await runCommand(join(machine, 'usr/bin/hello'), [])).stdout).toBe('hello v1.1.0\n')
        expect(await readFile(join(machine, 'etc/hello/hello.yaml'), 'utf8')).toBe('port: 9090\n')
        const back = await install('v1.1.0-rc.2')
        expect(back.exitCode).not.toBe(0)
        expect(back.stderr).toContain('newer than')
        expect(await inside('-e', 'hello')).toMatchObject({ exitCode: 0 })
        expect(await readdir(join(machine, 'usr/bin'))).not.toContain('hello')
        expect(await readFile(join(machine, 'calls'), 'utf8')).toBe(
          'postinstall 1\npostinstall 2\npreremove 1\npreremove 0\n',
        )
      })

      test('packages of rpmbuild are read as our own', async () => {
        const folder = await newFolder('rpmbuild')
        const spec = [
          ...['Name: other', 'Epoch: 2', 'Version: 1.0', 'Release: 3', 'Summary: Other', 'License: MIT'],
          ...['BuildArch: noarch', 'Requires(pre): /bin/sh', 'Suggests: more >= 2', '%description', 'Words.'],
          ...['%install', 'mkdir -p %{buildroot}/etc/other', 'echo a >%{buildroot}/etc/other/conf'],
          ...['%files', '/etc/other', '%ghost /var/log/other', '%changelog'],
          ...[
            '* Mon Nov 02 2026 B <b@example.com> - 2',
            '- two',
            '* Sun Nov 01 2026 A <a@example.com> - 1',
            '- one',
            '',
          ],
        ]
        await writeFile(join(folder, 'other.spec'), spec.join('\n'))
        await runCommand(tool('rpmbuild'), ['--define', `_topdir ${folder}`, '-bb', join(folder, 'other.spec')])
        expect(await readRpm(join(folder, 'RPMS/noarch/other-1.0-3.noarch.rpm'))).toMatchObject({
          version: { epoch: 2, version: '1.0', release: '3' },
          files: [
            { path: '/etc/other', type: 'dir' },
            { path: '/etc/other/conf', type: 'file' },
            { path: '/var/log/other', type: 'ghost' },
          ],
          changelog: [{ text: '- one' }, { text: '- two' }],
          dependencies: { suggests: [{ name: 'more', comparison: 'GE', version: '2', pre: false }] },
        })
      })
    })

    test('both order versions as semantic versioning does', async () => {
      const versions = [
        'v0.0.0-20261101120000-0123456789ab',
        'v0.0.0-20261101120001-00000000000f',
        'v1.2.3-alpha.2',
        'v1.2.3-alpha.10',
        'v1.2.3-beta.0',
        'v1.2.3-rc.1',
        'v1.2.3',
        'v1.2.3+build.1',
        'v1.2.4-0.20261101120000-0123456789ab',
        'v1.2.4',
        'v1.10.0',
      ].map((version) => packageVersion(version, '1').upstream)
      for (const [index, version] of versions.slice(1).entries()) {
        const before = versions[index] ?? ''
        expect(await run('dpkg', ['--compare-versions', before, 'lt', version])).toMatchObject({ exitCode: 0 })
        const { stdout } = await run('rpm', ['--eval', `%{lua:print(rpm.vercmp('${before}', '${version}'))}`])
        expect(`${before} ${version} ${stdout.trim()}`).toBe(`${before} ${version} -1`)
      }
    })
  },
)

/** With the key of this test, and a signature demanded. */
async function check(path: string): Promise<CommandResult> {
  const database = await newFolder('database')
  const key = join(root, 'key.asc')
  await runCommand(tool('rpmkeys'), ['--dbpath', database, '--import', key])
  return run('rpmkeys', ['--dbpath', database, '--define', '_pkgverify_level all', '-Kv', path])
}

/** rpm runs scriptlets by the root's own /bin/sh. */
async function bringShell(machine: string): Promise<void> {
  const { stdout } = await runCommand(tool('ldd'), ['/bin/sh'])
  const libraries = stdout.match(/\/\S+/g) ?? []
  for (const path of ['/bin/sh', ...libraries]) {
    await mkdir(join(machine, dirname(path)), { recursive: true })
    await copyFile(await realpath(path), join(machine, path))
  }
  await mkdir(join(machine, 'dev'))
  await writeFile(join(machine, 'dev/null'), '')
}
