import { describe, expect, test } from '@jest/globals'
import { modulePackage, standardLibraryPackage } from '../../../src/sbom/module-package.ts'

const created = '2026-01-02T03:04:05Z'
const purlOf = (found: ReturnType<typeof modulePackage>): string | undefined =>
  found.externalRefs?.[0]?.referenceLocator

describe('the package of a module', () => {
  test('has its version, its origin, and its sum as an annotation', () => {
    const found = modulePackage({ path: 'k8s.io/api', version: 'v0.37.2', sum: 'h1:abc=' }, created)
    expect(found).toMatchObject({
      name: 'k8s.io/api',
      versionInfo: 'v0.37.2',
      supplier: 'Organization: The Kubernetes Authors',
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      licenseConcluded: 'NOASSERTION',
      licenseDeclared: 'NOASSERTION',
    })
    expect(found.annotations?.map(({ comment, annotationDate }) => [annotationDate, comment])).toEqual([
      [created, 'Go module sum h1:abc='],
    ])
    expect(found.checksums).toBeUndefined()
    expect(purlOf(found)).toBe('pkg:golang/k8s.io/api@v0.37.2')
  })

  test.each(['(devel)', undefined])('takes the version of the release for %s', (version) => {
    const module = { path: 'example.com/hello', ...(version ? { version } : {}) }
    expect(purlOf(modulePackage(module, created, 'v1.2.3'))).toBe('pkg:golang/example.com/hello@v1.2.3')
    const unknown = modulePackage(module, created)
    expect(unknown.versionInfo).toBeUndefined()
    expect(purlOf(unknown)).toBe('pkg:golang/example.com/hello')
  })

  test('keeps a version that the toolchain knew', () => {
    expect(modulePackage({ path: 'example.com/hello', version: 'v1.2.3+dirty' }, created, 'v1.2.3').versionInfo).toBe(
      'v1.2.3+dirty',
    )
  })

  test('is the one that replaces it', () => {
    const replacement = { path: 'github.com/Fork/yaml', version: 'v3.0.2', sum: 'h1:def=' }
    const found = modulePackage({ path: 'gopkg.in/yaml.v3', version: 'v3.0.1', replacement }, created)
    expect(found).toMatchObject({
      name: 'github.com/Fork/yaml',
      versionInfo: 'v3.0.2',
      comment: 'Replaces gopkg.in/yaml.v3@v3.0.1',
      supplier: 'NOASSERTION',
      downloadLocation: 'NOASSERTION',
    })
  })

  test.each(['./staging/api', '../api', '..', '/home/someone/api', String.raw`C:\api`])(
    'is its own where the folder %s replaces it',
    (path) => {
      const found = modulePackage(
        { path: 'k8s.io/api', version: 'v0.0.0', replacement: { path, version: '(devel)' } },
        created,
      )
      expect(found).toMatchObject({
        name: 'k8s.io/api',
        comment: 'Compiled from a folder that replaces k8s.io/api@v0.0.0',
        downloadLocation: 'NOASSERTION',
      })
      expect(found.versionInfo).toBeUndefined()
      if (path.length > 2) expect(JSON.stringify(found)).not.toContain(JSON.stringify(path).slice(1, -1))
    },
  )

  test('has an identifier of its own', () => {
    const modules = [
      { path: 'a/b-c', version: 'v1' },
      { path: 'a-b/c', version: 'v1' },
      { path: 'a/b-c', version: 'v1', sum: 'h1:x=' },
      { path: 'a/b-c', version: 'v2' },
      { path: 'other', version: 'v1', replacement: { path: 'a/b-c', version: 'v1' } },
    ]
    const ids = modules.map((module) => modulePackage(module, created).SPDXID)
    expect(new Set(ids).size).toBe(modules.length)
    for (const id of ids) expect(id).toMatch(/^SPDXRef-Module-[A-Za-z0-9.-]+$/)
  })
})

describe('the standard library', () => {
  test.each([
    ['go1.26.8', '1.26.8', 'https://go.dev/dl/go1.26.8.src.tar.gz'],
    ['go1.27rc1', '1.27rc1', 'https://go.dev/dl/go1.27rc1.src.tar.gz'],
    ['go1.22.5 X:boringcrypto', '1.22.5', 'NOASSERTION'],
    ['go1.24.4-vendor', '1.24.4', 'NOASSERTION'],
    ['devel go1.27-abc Tue', 'devel go1.27-abc Tue', 'NOASSERTION'],
  ])('of %s is %s', (goVersion, version, downloadLocation) => {
    const found = standardLibraryPackage({ goVersion, dependencies: [], settings: {} })
    expect(found).toMatchObject({ name: 'stdlib', versionInfo: version, downloadLocation })
    expect(found.comment).toContain(goVersion)
  })
})
