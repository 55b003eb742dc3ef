import { join } from 'node:path'
import { type Action, type ActionDefinition, parseInputs, readConfiguration, UserError } from '../runner/index.ts'
import type { ReleaseInputs } from './release-definition.ts'

/** Every action: what it takes, and how to load it. */
export interface ActionCatalog {
  readonly definitions: readonly ActionDefinition[]
  readonly actions: Readonly<Record<string, () => Promise<Action>>>
}

export const chain = [
  'build',
  'build-packages',
  'sbom',
  'attest',
  'sign',
  'verify',
  'promote',
  'publish-packages',
] as const
export type ActionName = (typeof chain)[number]
export type ChainInputs = Readonly<Record<ActionName, Readonly<Record<string, unknown>>>>

/**
 * Inputs of every step, parsed before the first one runs, so that a mistake in release.yaml costs no build.
 * Flags win over release.yaml, which wins over defaults.
 */
export async function chainInputs(
  definitions: readonly ActionDefinition[],
  input: ReleaseInputs,
): Promise<ChainInputs> {
  const configuration = await readConfiguration(input.project, definitions)
  const flags: Record<string, string | undefined> = {
    project: input.project,
    release: input.out,
    version: input.version,
    platforms: input.platforms.length > 0 ? input.platforms.join('\n') : undefined,
    key: input.key,
    'openpgp-key': input.openpgpKey,
    'allow-modified': String(input.allowModified),
  }
  const parse = async (name: ActionName): Promise<Readonly<Record<string, unknown>>> => {
    const definition = definitions.find((candidate) => candidate.name === name)
    if (!definition) throw new UserError(`No action is called '${name}'`)
    const publishes = name === 'promote' || name === 'publish-packages'
    const given: Record<string, string | undefined> = {
      to: ownDestinations(input.out)[name],
      ...configuration[name],
      'dry-run': String(input.dryRun && publishes),
    }
    for (const [key, value] of Object.entries(flags)) if (value !== undefined) given[key] = value
    return parseInputs(definition, given, {
      workspace: input.project,
      allowedRoots: undefined,
      spell: (key) => `${name}: ${key}`,
    })
  }
  return {
    build: await parse('build'),
    'build-packages': await parse('build-packages'),
    sbom: await parse('sbom'),
    attest: await parse('attest'),
    sign: await parse('sign'),
    verify: await parse('verify'),
    promote: await parse('promote'),
    'publish-packages': await parse('publish-packages'),
  }
}

/** Without a `to` in release.yaml a release is published into its own folder. */
function ownDestinations(out: string): Partial<Record<ActionName, string>> {
  const published = join(out, 'published')
  return {
    promote: `oci:${join(published, 'images')}\nfile:${join(published, 'files')}`,
    'publish-packages': `file:${published}`,
  }
}

export function usesOwnDestinations(input: ReleaseInputs, inputs: ChainInputs): boolean {
  const own = ownDestinations(input.out)
  return (['promote', 'publish-packages'] as const).every(
    (name) => String(inputs[name].to) === own[name]?.split('\n').join(),
  )
}

export async function loadAction(catalog: ActionCatalog, name: string): Promise<Action> {
  const load = catalog.actions[name]
  if (!load) throw new UserError(`No action is called '${name}'`)
  return load()
}
