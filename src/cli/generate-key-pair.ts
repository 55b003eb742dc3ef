import { type Action, type ActionDefinition, action } from '../runner/index.ts'
import { generateKeyPair } from '../sigstore/index.ts'

/** The command `generate-key-pair`, in the shape of an action.yml: keys are made by people at a terminal, not by workflows. */
export const generateKeyPairDefinition = {
  name: 'generate-key-pair',
  description:
    'Make a key pair to sign with: the encrypted PREFIX.key and PREFIX.pub, as cosign makes and reads them. Never overwrites a file.',
  inputs: {
    'output-key-prefix': {
      description: 'Path of both files without .key and .pub.',
      type: 'path',
      required: false,
      default: 'cosign',
      secret: false,
    },
  },
  outputs: {
    key: { description: 'Path of the encrypted private key.' },
    'public-key': { description: 'Path of the public key.' },
    'key-id': { description: 'SHA-256 of the public key, by which a release record names it.' },
  },
} as const satisfies ActionDefinition

export const generateKeyPairCommand: Action = action(generateKeyPairDefinition, (input, step) =>
  generateKeyPair(input.outputKeyPrefix, step),
)
