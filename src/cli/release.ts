import { join } from 'node:path'
import { openRelease } from '../release/index.ts'
import {
  type Action,
  type ActionDefinition,
  action,
  code,
  heading,
  type InputsOf,
  parseInputs,
  readConfiguration,
  type Step,
  table,
  text,
  UserError,
} from '../runner/index.ts'
import { directoryTree } from './tree.ts'
import { verificationCommands } from './verification.ts'

/** Every action: what it takes, and how to load it. */
export interface ActionCatalog {
  readonly definitions: readonly ActionDefinition[]
  readonly actions: Readonly<Record<string, () => Promise<Action>>>
}

const chain = ['build', 'build-packages', 'sbom', 'attest', 'sign', 'verify', 'promote', 'publish-packages'] as const
type ActionName = (typeof chain)[number]

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
    key: {
      description:
        "Private key to sign with, PEM or an encrypted cosign.key; this machine's own key pair, made on the spot, where absent.",
      type: 'path',
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

type ReleaseInputs = InputsOf<typeof releaseDefinition>

export const releaseCommand = (catalog: ActionCatalog): Action =>
  action(releaseDefinition, (input, step) =>
    input.dryRun
      ? inTemporaryFolder(step, (out) => runChain(catalog, { ...input, out }, step))
      : runChain(catalog, input, step),
  )

async function inTemporaryFolder<T>(step: Step, body: (folder: string) => Promise<T>): Promise<T> {
  const { mkdtemp, rm } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const folder = await mkdtemp(join(tmpdir(), 'k8s-release-'))
  step.log.info(`Dry run: the release is made in ${folder} and removed at the end.`)
  try {
    return await body(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runChain(catalog: ActionCatalog, input: ReleaseInputs, step: Step) {
  const inputs = chainInputs(catalog.definitions, input)
  const projectStep: Step = { ...step, workspace: input.project, summary: () => undefined }
  const seconds: Record<string, number> = {}
  for (const name of chain) {
    if (name === 'publish-packages' && !(await hasPackages(input.out))) {
      step.log.info('▸ publish-packages: the release has no packages')
      continue
    }
    const start = performance.now()
    await step.group(name, async () => (await load(catalog, name)).run(inputs[name], projectStep))
    seconds[name] = Math.round(performance.now() - start) / 1000
  }
  const release = await openRelease(input.out)
  step.summary(
    heading(`${release.record.project} ${release.record.version}`),
    text(`Signed ${signedBy(release.record.evidence)}. Record: ${release.digest}`),
    code('text', await directoryTree(input.out)),
    table(
      ['Image', 'Platforms', 'Digest'],
      release.record.subjects
        .filter((subject) => subject.kind === 'image')
        .map((image) => [`${image.name}:${image.tags.join(', ')}`, String(image.manifests.length), image.digest]),
    ),
    table(
      ['Step', 'Seconds'],
      Object.entries(seconds).map(([name, duration]) => [name, duration.toFixed(1)]),
    ),
    heading('Check it with other tools'),
    code('sh', (await verificationCommands(release)).join('\n')),
  )
  return { releaseDigest: release.digest, directory: input.out, seconds }
}

/** Inputs of every step, parsed before the first one runs, so that a mistake in release.yaml costs no build. */
function chainInputs(
  definitions: readonly ActionDefinition[],
  input: ReleaseInputs,
): Record<ActionName, Readonly<Record<string, unknown>>> {
  const configuration = readConfiguration(input.project, definitions)
  const published = join(input.out, 'published')
  const everywhere: Record<string, string | undefined> = {
    project: input.project,
    release: input.out,
    version: input.version,
    key: input.key,
    'openpgp-key': input.openpgpKey,
    'allow-modified': String(input.allowModified),
  }
  const destinations: Partial<Record<ActionName, string>> = {
    promote: `oci:${join(published, 'images')}\nfile:${join(published, 'files')}`,
    'publish-packages': `file:${published}`,
  }
  const parse = (name: ActionName): Readonly<Record<string, unknown>> => {
    const definition = definitions.find((candidate) => candidate.name === name)
    if (!definition) throw new Error(`no definition of ${name}`)
    const configured = configuration[name] ?? {}
    const writes = name === 'promote' || name === 'publish-packages'
    const given: Record<string, string | undefined> = {
      to: destinations[name],
      ...configured,
      'dry-run': String(input.dryRun && writes),
    }
    for (const [key, value] of Object.entries(everywhere)) if (value !== undefined) given[key] = value
    return parseInputs(definition, given, {
      workspace: input.project,
      allowedRoots: undefined,
      spell: (key) => `${name}: ${key}`,
    })
  }
  return Object.fromEntries(chain.map((name) => [name, parse(name)])) as Record<
    ActionName,
    Readonly<Record<string, unknown>>
  >
}

async function load(catalog: ActionCatalog, name: string): Promise<Action> {
  const loader = catalog.actions[name]
  if (!loader) throw new UserError(`No action is called '${name}'`)
  return loader()
}

async function hasPackages(directory: string): Promise<boolean> {
  const { record } = await openRelease(directory)
  return record.subjects.some((subject) => subject.kind === 'file' && subject.role === 'package')
}

function signedBy(evidence: Awaited<ReturnType<typeof openRelease>>['record']['evidence']): string {
  const signer = evidence[0]?.signer
  if (!signer) return 'by nobody'
  if (signer.kind === 'keyless') return `keyless by ${signer.identity}`
  return signer.origin === 'local'
    ? "by this machine's own key pair, which proves nothing to others by itself"
    : `by the key ${signer.keyId}`
}
