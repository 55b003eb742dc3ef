import { expect, test } from '@jest/globals'
import { formatPackageUrl } from '../../../src/sbom/package-url.ts'

// Cases of the specification's own test suite (package-url/purl-spec, tests/), and those that Go modules bring.
test.each([
  [
    {
      type: 'oci',
      path: 'debian',
      version: 'sha256:244fd47e07d10',
      qualifiers: { tag: 'latest', repository_url: 'docker.io/library/debian', arch: 'amd64' },
    },
    'pkg:oci/debian@sha256:244fd47e07d10?arch=amd64&repository_url=docker.io%2Flibrary%2Fdebian&tag=latest',
  ],
  [
    { type: 'golang', path: 'google.golang.org/genproto', version: 'abcdedf', subpath: '/googleapis/api/annotations/' },
    'pkg:golang/google.golang.org/genproto@abcdedf#googleapis/api/annotations',
  ],
  [
    { type: 'golang', path: 'github.com/BurntSushi/toml', version: 'v1.5.0' },
    'pkg:golang/github.com/burntsushi/toml@v1.5.0',
  ],
  [
    { type: 'golang', path: 'github.com/docker/cli', version: 'v29.7.2+incompatible' },
    'pkg:golang/github.com/docker/cli@v29.7.2%2Bincompatible',
  ],
  [{ type: 'golang', path: 'stdlib', version: 'devel go1.27-abc' }, 'pkg:golang/stdlib@devel%20go1.27-abc'],
  [{ type: 'github', path: 'Kubernetes-Sigs/Hello', version: 'v1.0.0' }, 'pkg:github/kubernetes-sigs/hello@v1.0.0'],
  [{ type: 'generic', path: "it's (a) name*!", version: undefined }, 'pkg:generic/it%27s%20%28a%29%20name%2A%21'],
  [{ type: 'generic', path: 'A@B', qualifiers: { checksum: '', vcs_url: undefined } }, 'pkg:generic/A%40B'],
] as const)('%j', (parts, text) => {
  expect(formatPackageUrl(parts)).toBe(text)
})
