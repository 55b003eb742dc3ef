import { describe, expect, test } from '@jest/globals'
import { builderOf, buildType, terminalBuilderId } from '../../../src/attest/builder.ts'
import { provenanceOf } from '../../../src/attest/provenance.ts'
import type { ReleaseRecord, Source } from '../../../src/release/index.ts'

const environment = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'example/hello',
  GITHUB_WORKFLOW_REF: 'example/hello/.github/workflows/release.yml@refs/tags/v1.2.3',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY_ID: '17',
  GITHUB_REPOSITORY_OWNER_ID: '4',
  GITHUB_RUN_ID: '99',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_ACTOR: 'somebody',
  RUNNER_ENVIRONMENT: 'github-hosted',
}
const commit = 'c'.repeat(40)

function recordOf(source: Partial<Source> = {}): ReleaseRecord {
  return {
    schemaVersion: 1,
    project: 'hello',
    version: 'v1.2.3',
    source: {
      repository: 'https://github.com/example/hello',
      ref: 'refs/tags/v1.2.3',
      commit,
      commitTime: '2026-01-02T03:04:05Z',
      modified: false,
      ...source,
    },
    build: {
      parameters: { build: { platforms: ['linux/amd64'] }, 'build-packages': { formats: ['deb'] } },
      dependencies: {
        build: [
          { uri: 'pkg:golang/z' },
          { uri: 'oci://registry.example.com/base', digest: { sha256: 'ab' }, name: 'base' },
        ],
        'build-packages': [{ uri: 'pkg:golang/z' }, { uri: 'pkg:golang/a' }],
      },
    },
    subjects: [],
    evidence: [],
  }
}

describe('provenance', () => {
  test('on GitHub', () => {
    expect(provenanceOf(recordOf(), builderOf({ environment, onGitHub: true }, undefined))).toEqual({
      buildDefinition: {
        buildType,
        externalParameters: {
          source: { repository: 'https://github.com/example/hello', ref: 'refs/tags/v1.2.3' },
          parameters: { build: { platforms: ['linux/amd64'] }, 'build-packages': { formats: ['deb'] } },
        },
        internalParameters: {
          github: {
            event_name: 'push',
            repository_id: '17',
            repository_owner_id: '4',
            runner_environment: 'github-hosted',
          },
        },
        resolvedDependencies: [
          { uri: 'git+https://github.com/example/hello@refs/tags/v1.2.3', digest: { gitCommit: commit } },
          { uri: 'oci://registry.example.com/base', digest: { sha256: 'ab' }, name: 'base' },
          { uri: 'pkg:golang/a' },
          { uri: 'pkg:golang/z' },
        ],
      },
      runDetails: {
        builder: { id: 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3' },
        metadata: { invocationId: 'https://github.com/example/hello/actions/runs/99/attempts/2' },
      },
    })
  })

  test('in a terminal it names no run and no time, so that its bytes stay the same', () => {
    const { buildDefinition, runDetails } = provenanceOf(
      recordOf(),
      builderOf({ environment: {}, onGitHub: false }, undefined),
    )
    expect(runDetails).toEqual({ builder: { id: terminalBuilderId } })
    expect(buildDefinition.internalParameters).toEqual({
      terminal: { os: expect.stringMatching(/^[a-z]+$/), architecture: expect.not.stringMatching(/^x64$/) },
    })
  })

  test('says that a source was modified, where nobody can overlook it', () => {
    const { buildDefinition } = provenanceOf(
      recordOf({ modified: true }),
      builderOf({ environment: {}, onGitHub: false }, undefined),
    )
    expect(buildDefinition.externalParameters.source.modified).toBe(true)
    expect(buildDefinition.resolvedDependencies[0]?.annotations).toEqual({ modified: true })
  })

  test('claims no commit and no ref that are not known', () => {
    const { repository, commitTime, modified } = recordOf().source
    const record = { ...recordOf(), source: { repository, commitTime, modified } }
    const { buildDefinition } = provenanceOf(record, builderOf({ environment: {}, onGitHub: false }, undefined))
    expect(buildDefinition.externalParameters.source).toEqual({ repository })
    expect(buildDefinition.resolvedDependencies[0]).toEqual({ uri: `git+${repository}` })
  })
})

describe('the builder', () => {
  const reusable = 'https://github.com/k8s-release/workflows/.github/workflows/build.yml@refs/tags/v1'

  test('is the workflow in the certificate, since GITHUB_WORKFLOW_REF names its caller', () => {
    expect(builderOf({ environment, onGitHub: true }, reusable).id).toBe(reusable)
  })

  test.each([
    'somebody@example.com',
    'https://elsewhere.example.com/o/r/.github/workflows/x.yml@refs/heads/main',
    'https://github.com/o/r',
  ])('is the workflow of the job, when %s signs', (identity) => {
    expect(builderOf({ environment, onGitHub: true }, identity).id).toBe(
      `https://github.com/${environment.GITHUB_WORKFLOW_REF}`,
    )
  })

  test('is a terminal where a runner does not say which workflow it runs', () => {
    const { GITHUB_WORKFLOW_REF: _, ...others } = environment
    expect(builderOf({ environment: others, onGitHub: true }, undefined).id).toBe(terminalBuilderId)
  })

  test('is a terminal off GitHub, whatever the environment claims', () => {
    expect(builderOf({ environment, onGitHub: false }, undefined).id).toBe(terminalBuilderId)
  })
})
