import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { branchFor, pathInRepository } from '../../../src/manifest-edit/branch.ts'
import { checkOptions, type EditOptions } from '../../../src/manifest-edit/options.ts'
import { testStep } from '../../step.ts'

test.each([
  ['k8s-staging-hello', 'v1.2.3', 'promote-k8s-staging-hello-v1.2.3'],
  ['', 'v1.2.3', 'promote-v1.2.3'],
  ['hello', 'v1..2', 'promote-hello-v1-2'],
  ['hello', 'v1.lock', 'promote-hello-v1-'],
  ['hello', 'v1.2.', 'promote-hello-v1.2-'],
  ['hello', 'v1+meta data', 'promote-hello-v1-meta-data'],
])('the branch of %j %j', (project, version, branch) => {
  expect(branchFor(project, version)).toBe(branch)
  expect(isBranch(branch)).toBe(true)
})

/** What git itself says of a name. */
function isBranch(name: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const options = (branch: string): EditOptions => ({
  manifests: '/registry',
  project: undefined,
  images: [],
  release: undefined,
  tags: [],
  repository: 'kubernetes/k8s.io',
  fork: undefined,
  base: undefined,
  branch,
  githubToken: undefined,
  preview: true,
  plainHttp: [],
  dryRun: false,
})

test.each([
  ...[
    'main',
    'feature/x',
    'v1.2',
    'a.b',
    'über',
    'a-b_c',
    'a@b',
    'a.lock',
    'a.lock/b',
    'a//b',
    'a/',
    '/a',
    '.a',
    'a/.b',
  ],
  ...['a..b', 'a b', 'a~b', 'a^b', 'a:b', 'a?b', 'a*b', 'a[b', 'a\\b', 'a\tb', 'a\u007fb', 'a@{b', 'a.', 'a\nb'],
])('the branch %j is taken when git would take it', (branch) => {
  const check = (): void => checkOptions(options(branch))
  if (isBranch(branch)) expect(check).not.toThrow()
  else expect(check).toThrow('is not the name of a branch')
})

test('a path in the repository is the one below the workspace', () => {
  const step = testStep({ workspace: '/checkout' })
  expect(pathInRepository('/checkout', step)).toBe('')
  expect(pathInRepository('/checkout/registry.k8s.io/plain.yaml', step)).toBe('registry.k8s.io/plain.yaml')
  expect(pathInRepository('/checkout/..x', step)).toBe('..x')
  expect(() => pathInRepository('/elsewhere', step)).toThrow('is not in the repository')
})
