import { describe, expect, test } from '@jest/globals'
import type { Source } from '../../../src/release/index.ts'
import { partiesOf } from '../../../src/sbom/organization.ts'
import { sourcePackage } from '../../../src/sbom/source-package.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const git = { commit, commitTime: '2026-01-02T03:04:05Z', modified: false }

const described = (source: Source) => {
  const found = sourcePackage({ project: 'hello', version: 'v1.2.3', source })
  const [purl, ...others] = (found.externalRefs ?? []).map((each) => each.referenceLocator)
  return { ...found, purl, others }
}

describe('the source of a release', () => {
  test('on GitHub has its tag', () => {
    const source = {
      ...git,
      repository: 'https://github.com/Owner/Hello.git',
      ref: 'refs/tags/v1.2.3',
      directory: 'cmd/x',
    }
    expect(described(source)).toMatchObject({
      downloadLocation: `git+https://github.com/Owner/Hello.git@${commit}#cmd/x`,
      sourceInfo: `git commit ${commit}`,
      supplier: 'NOASSERTION',
      purl: 'pkg:github/owner/hello@v1.2.3#cmd/x',
      others: [`swh:1:rev:${commit}`],
    })
  })

  test('has its commit where the tag is not that of the version', () => {
    const source = { ...git, repository: 'https://github.com/owner/hello', ref: 'refs/heads/main' }
    expect(described(source).purl).toBe(`pkg:github/owner/hello@${commit}`)
  })

  test('elsewhere has its repository as a qualifier', () => {
    expect(described({ ...git, repository: 'https://gitlab.com/owner/hello' }).purl).toBe(
      `pkg:generic/hello@v1.2.3?vcs_url=git%2Bhttps:%2F%2Fgitlab.com%2Fowner%2Fhello%40${commit}`,
    )
  })

  test('that was changed says so, and is not the commit', () => {
    const found = described({ ...git, modified: true, repository: 'https://github.com/owner/hello' })
    expect(found.sourceInfo).toBe(`git commit ${commit}, with changes that were not committed`)
    expect(found.others).toEqual([])
  })

  test('on this machine only does not name its folder', () => {
    const found = described({ ...git, repository: 'file:///home/someone/hello' })
    expect(found).toMatchObject({ downloadLocation: 'NOASSERTION', purl: 'pkg:generic/hello@v1.2.3', others: [] })
    expect(JSON.stringify(found)).not.toContain('someone')
    const bare = described({ commitTime: git.commitTime, modified: false, repository: 'file:///hello' })
    expect(bare.sourceInfo).toBe('not under version control')
  })
})

test.each([
  ['k8s.io/client-go', 'Organization: The Kubernetes Authors'],
  ['sigs.k8s.io/yaml', 'Organization: The Kubernetes Authors'],
  ['github.com/kubernetes-sigs/bom', 'Organization: The Kubernetes Authors'],
  ['github.com/kubernetes/kubernetes', 'Organization: The Kubernetes Authors'],
  ['golang.org/x/sync', 'Organization: The Go Authors'],
  ['github.com/kubernetes-fans/x', 'NOASSERTION'],
  ['evilk8s.io/x', 'NOASSERTION'],
  ['example.com/k8s.io/x', 'NOASSERTION'],
  ['golang.org.example.com/x/sync', 'NOASSERTION'],
])('%s is by %s', (location, party) => {
  expect(partiesOf(location)).toEqual({ supplier: party, originator: party })
})
