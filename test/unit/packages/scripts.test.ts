import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { debScripts } from '../../../src/packages/deb/scripts.ts'
import { rpmScripts } from '../../../src/packages/rpm/scripts.ts'

const service = { name: 'hello.service', text: '[Service]\n\n[Install]\nWantedBy=multi-user.target\n' }
const template = { name: 'hello@.service', text: '[Service]\n[Install]\nWantedBy=multi-user.target\n' }
const timer = { name: 'hello.timer', text: '[Timer]\n' }

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scripts-'))
  for (const name of ['systemctl', 'deb-systemd-helper', 'deb-systemd-invoke']) {
    await writeFile(join(folder, name), `#!/bin/sh\necho "${name} $*" >&3\n`, { mode: 0o755 })
  }
})
afterAll(() => rm(folder, { recursive: true }))

/** What systemctl and its helpers were called with, and the exit, when a script is run. The host's own are not found. */
function run(script: string | undefined, ...args: string[]): { calls: string[]; status: number | null } {
  // As if systemd ran.
  const text = (script ?? '').replaceAll('[ -d /run/systemd/system ]', 'true')
  const { output, status } = spawnSync('/bin/sh', ['-c', text, 'sh', ...args], {
    env: { PATH: folder },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  return { calls: (output[3] ?? '').split('\n').filter(Boolean), status }
}

describe('maintainer scripts of Debian', () => {
  const scripts = debScripts({}, [service, template, timer])

  test('enable and start a unit when it is installed', () => {
    expect(run(scripts.postinstall, 'configure', '').calls).toEqual([
      'deb-systemd-helper unmask hello.service',
      'deb-systemd-helper --quiet was-enabled hello.service',
      'deb-systemd-helper enable hello.service',
      'systemctl --system daemon-reload',
      'deb-systemd-invoke start hello.service hello.timer',
    ])
  })

  test('restart it on an upgrade, which does not stop it', () => {
    expect(run(scripts.postinstall, 'configure', '1.2.2-1').calls.at(-1)).toBe(
      'deb-systemd-invoke restart hello.service hello.timer',
    )
    expect(run(scripts.preremove, 'upgrade', '1.2.3-1').calls).toEqual([])
    expect(run(scripts.postremove, 'upgrade', '1.2.3-1').calls).toEqual([])
  })

  test('stop it when it is removed, and forget it when it is purged', () => {
    expect(run(scripts.preremove, 'remove').calls).toEqual(['deb-systemd-invoke stop hello.service hello.timer'])
    expect(run(scripts.postremove, 'remove').calls).toEqual(['systemctl --system daemon-reload'])
    expect(run(scripts.postremove, 'purge').calls).toEqual(['deb-systemd-helper purge hello.service'])
  })

  test('are none without a unit and a script', () => expect(debScripts({}, [])).toEqual({}))
})

describe('scriptlets of RPM', () => {
  const scripts = rpmScripts({}, [service, template, timer])

  test('follow the preset on the first installation only', () => {
    expect(run(scripts.postinstall, '1').calls).toEqual([
      'systemctl --no-reload preset hello.service hello@.service',
      'systemctl --system daemon-reload',
    ])
    expect(run(scripts.postinstall, '2').calls).toEqual(['systemctl --system daemon-reload'])
  })

  test('of the old package leave the unit on an upgrade, and restart it', () => {
    expect(run(scripts.preremove, '1').calls).toEqual([])
    expect(run(scripts.postremove, '1').calls).toEqual([
      'systemctl --system daemon-reload',
      'systemctl try-restart hello.service hello.timer',
    ])
  })

  test('stop and disable it when it is removed', () => {
    expect(run(scripts.preremove, '0').calls).toEqual(['systemctl --no-reload disable --now hello.service hello.timer'])
    expect(run(scripts.postremove, '0').calls).toEqual(['systemctl --system daemon-reload'])
  })

  test('are none without a unit and a script', () => expect(rpmScripts({}, [])).toEqual({}))
})

describe.each([
  ['deb', debScripts],
  ['rpm', rpmScripts],
] as const)('a project’s own script (%s)', (_, make) => {
  const own = (postinstall: string) => make({ postinstall }, [service]).postinstall

  test('may exit early: the unit’s part runs', () => {
    const { calls, status } = run(own('#!/bin/sh\r\necho own >&3\r\nexit 0\r\n'), 'configure', '1')
    expect(status).toBe(0)
    expect(calls[0]).toBe('own')
    expect(calls).toContain('systemctl --system daemon-reload')
  })

  test('that fails fails the whole', () => {
    const { calls, status } = run(own('#!/bin/sh\nexit 3\n'), 'configure', '1')
    expect(status).not.toBe(0)
    expect(calls).toEqual([])
  })

  test('stops at a failing command only if it asks for that', () => {
    expect(run(own('#!/bin/sh\nfalse\necho on >&3\n'), 'configure', '1').calls[0]).toBe('on')
    expect(run(own('#!/bin/sh -e\nfalse\necho on >&3\n'), 'configure', '1').calls).toEqual([])
  })

  test('sees what it was called with', () => {
    expect(run(own('echo "$1" >&3\n'), 'configure').calls[0]).toBe('configure')
  })
})
