import { describe, expect, test } from '@jest/globals'
import { formatVersion } from '../../../src/packages/package.ts'
import { packageVersion } from '../../../src/packages/version.ts'

describe('packageVersion', () => {
  test.each([
    ['v1.2.3', '1.2.3-1'],
    ['1.2.3', '1.2.3-1'],
    ['v1.2.3-rc.1', '1.2.3~rc.1-1'],
    ['v1.2.3-alpha.0-5', '1.2.3~alpha.0.5-1'],
    ['v1.2.3+build.5', '1.2.3+build.5-1'],
    ['v1.2.3-rc.1+build-5', '1.2.3~rc.1+build.5-1'],
    ['v0.0.0-20261101120000-0123456789ab', '0.0.0~20261101120000.0123456789ab-1'],
    ['v1.2.4-0.20261101120000-0123456789ab', '1.2.4~0.20261101120000.0123456789ab-1'],
    ['2026.11', '2026.11-1'],
    ['1.0_beta', '1.0.beta-1'],
  ])('%s is packaged as %s', (version, expected) => {
    expect(formatVersion(packageVersion(version, '1'))).toBe(expected)
  })

  test('counts the packages of one version', () => {
    expect(formatVersion(packageVersion('v1.2.3', '2'))).toBe('1.2.3-2')
  })

  test.each(['main', 'v', 'release-1', 'vv1'])('%s is no version of a package', (version) => {
    expect(() => packageVersion(version, '1')).toThrow(`The version '${version}' cannot be a package's`)
  })
})
