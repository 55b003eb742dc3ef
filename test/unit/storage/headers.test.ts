import { describe, expect, test } from '@jest/globals'
import { documentHeaders, immutableHeaders } from '../../../src/storage/headers.ts'

describe('the headers of a published file', () => {
  test.each([
    ['v1.2.3/tool-linux-amd64.tar.gz', 'application/gzip'],
    ['tool_1.2.3_amd64.deb', 'application/vnd.debian.binary-package'],
    ['tool-1.2.3-1.x86_64.rpm', 'application/x-rpm'],
    ['tool.sigstore.json', 'application/vnd.dev.sigstore.bundle.v0.3+json'],
    ['sbom.spdx.json', 'application/spdx+json'],
    ['SBOM.SPDX.JSON', 'application/spdx+json'],
    ['provenance.json', 'application/json'],
    ['stable.txt', 'text/plain; charset=utf-8'],
    ['v1/SHA256SUMS', 'text/plain; charset=utf-8'],
    ['tool.tar.gz.sha256', 'text/plain; charset=utf-8'],
    ['tool.asc', 'application/pgp-signature'],
    ['bin/linux/amd64/kubectl', 'application/octet-stream'],
    ['kubectl.exe', 'application/octet-stream'],
    ['x.constructor', 'application/octet-stream'],
    ['json', 'application/octet-stream'],
  ])('%s is %s', (name, contentType) => {
    expect(immutableHeaders(name).contentType).toBe(contentType)
  })

  test('what never changes is kept, and what changes is asked for again', () => {
    expect(immutableHeaders('x').cacheControl).toMatch(/immutable/)
    expect(documentHeaders.cacheControl).toMatch(/no-cache/)
  })
})
