import { arch, platform } from 'node:os'
import type { Step } from '../runner/index.ts'

/** Who ran the build, as far as it is known, for `runDetails` and `internalParameters` of a provenance. */
export interface Builder {
  readonly id: string
  readonly internalParameters: Readonly<Record<string, unknown>>
  readonly invocationId?: string
}

export const buildType = 'https://github.com/k8s-release/k8s-release/blob/v1/docs/build-type.md'

/** A build that nobody but its own operator vouches for: SLSA Build L1. */
export const terminalBuilderId = `${buildType}#terminal`

/**
 * The builder of this step. On GitHub it is the workflow that holds the job: the one in the signing certificate where
 * there is one, since in a reusable workflow GITHUB_WORKFLOW_REF names its caller. A runner that does not say which
 * workflow it runs, such as a local imitation, is a terminal.
 * @param identity of a keyless signer
 */
export function builderOf(step: Pick<Step, 'environment' | 'onGitHub'>, identity: string | undefined): Builder {
  const { environment } = step
  const server = environment.GITHUB_SERVER_URL
  const workflow = environment.GITHUB_WORKFLOW_REF
  if (!(step.onGitHub && server && workflow)) {
    return {
      id: terminalBuilderId,
      internalParameters: { terminal: { os: goos(platform()), architecture: goarch(arch()) } },
    }
  }
  const run = `${server}/${environment.GITHUB_REPOSITORY}/actions/runs/${environment.GITHUB_RUN_ID}`
  return {
    id: identity !== undefined && isWorkflow(identity, server) ? identity : `${server}/${workflow}`,
    internalParameters: {
      github: {
        event_name: environment.GITHUB_EVENT_NAME ?? '',
        repository_id: environment.GITHUB_REPOSITORY_ID ?? '',
        repository_owner_id: environment.GITHUB_REPOSITORY_OWNER_ID ?? '',
        runner_environment: environment.RUNNER_ENVIRONMENT ?? '',
      },
    },
    invocationId: `${run}/attempts/${environment.GITHUB_RUN_ATTEMPT ?? '1'}`,
  }
}

const isWorkflow = (identity: string, server: string): boolean =>
  identity.startsWith(`${server}/`) && /\/\.github\/workflows\/[^@]+@/.test(identity)

// The words of Go and OCI, as in every platform of the record.
const goos = (name: string): string => (name === 'win32' ? 'windows' : name)
const goarch = (name: string): string => ({ x64: 'amd64', ia32: '386', ppc64: 'ppc64le' })[name] ?? name
