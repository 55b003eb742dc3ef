import type { ActionDefinition, InputsOf } from '../runner/index.ts'

/** The command `release` in the shape of an action.yml: it has no action, since no job should both build and sign. */
export const releaseDefinition = {
  name: 'release',
  description:
    'Build, package, describe, attest, sign, verify, promote and publish a project into one folder. Needs no server and no account; what each step does beyond the defaults is read from release.yaml in the project.',
  inputs: {
    project: { description: 'Folder of the project.', type: 'path', required: false, default: '.', secret: false },
    out: { description: 'Folder of the release.', type: 'path', required: false, default: 'release', secret: false },
    version: {
      description: 'Version, such as v1.2.3; the tag at HEAD or a pseudo-version where absent.',
      type: 'string',
      required: false,
      default: undefined,
      secret: false,
    },
    platforms: {
      description:
        'Platforms to build for, such as linux/amd64; those of release.yaml or of the action build where absent.',
      type: 'list',
      required: false,
      default: undefined,
      secret: false,
    },
    key: {
      description:
        "Private key to sign with, PEM, an encrypted cosign.key, or the address of a key in a KMS; this machine's own key pair, made on the spot, where absent.",
      type: 'key',
      required: false,
      default: undefined,
      secret: false,
    },
    'openpgp-key': {
      description: "Armored OpenPGP private key for packages and repositories; this machine's own where absent.",
      type: 'path',
      required: false,
      default: undefined,
      secret: false,
    },
    'allow-modified': {
      description: 'Accept a working tree that differs from its commit; the record and the provenance say so.',
      type: 'boolean',
      required: false,
      default: 'true',
      secret: false,
    },
    'dry-run': {
      description: 'Make the release in a temporary folder, and only print what would be promoted and published.',
      type: 'boolean',
      required: false,
      default: 'false',
      secret: false,
    },
  },
  outputs: {
    'release-digest': { description: 'Digest of release.json.' },
    directory: { description: 'Folder of the release.' },
    seconds: { description: 'Seconds that each step took, by action name.' },
  },
} as const satisfies ActionDefinition

export type ReleaseInputs = InputsOf<typeof releaseDefinition>
