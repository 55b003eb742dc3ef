import { suggest, UserError } from '../runner/index.ts'
import { parseStrictYaml, type StrictYaml } from '../yaml/index.ts'
import type { PolicyMode } from './policy.ts'
import { parsePath, parsePredicate, parseSigner, type WrittenPath, type WrittenSigner } from './words.ts'

/** A policy as it is written: keys are paths yet, relative to the file. */
export interface WrittenPolicy {
  readonly default: WrittenRequirements
  readonly projects: ReadonlyMap<string, WrittenRequirements>
  readonly trustedRoot: WrittenPath | undefined
}

export interface WrittenRequirements {
  readonly mode: PolicyMode
  readonly signers: readonly WrittenSigner[]
  readonly predicates: readonly string[]
}

const modes: readonly PolicyMode[] = ['off', 'warn', 'require']

/** @throws UserError with the place of the first mistake */
export function parsePolicy(source: string, file: string): WrittenPolicy {
  const yaml = parseStrictYaml(source, file)
  const members = yaml.record(yaml.root, 'the policy', ['default', 'projects', 'trusted-root'])
  if (members.default === undefined) {
    throw new UserError("the policy has no 'default'", {
      hint: "It holds for every project that is not named; write 'mode: off' there to look at none of them.",
      location: yaml.locate(yaml.root),
    })
  }
  const projects = new Map<string, WrittenRequirements>()
  for (const { key, keyNode, value } of yaml.entries(members.projects, "'projects'")) {
    if (!/^\S+$/.test(key)) throw new UserError(`'${key}' is not a project`, { location: yaml.locate(keyNode) })
    projects.set(key, parseRequirements(yaml, value, keyNode, `'${key}'`))
  }
  return {
    default: parseRequirements(yaml, members.default, members.default, "'default'"),
    projects,
    trustedRoot: parsePath(yaml, members['trusted-root'], "'trusted-root'"),
  }
}

function parseRequirements(yaml: StrictYaml, node: unknown, place: unknown, what: string): WrittenRequirements {
  const members = yaml.record(node, what, ['mode', 'signers', 'predicates'])
  const mode = parseMode(yaml, members.mode, place, what)
  const signers = yaml.list(members.signers, `'signers' of ${what}`).map((signer) => parseSigner(yaml, signer))
  if (mode !== 'off' && signers.length === 0) {
    throw new UserError(`${what} does not say who must have signed`, {
      hint: "Give 'signers', or write 'mode: off'.",
      location: yaml.locate(members.mode),
    })
  }
  const predicates = yaml.list(members.predicates, `'predicates' of ${what}`).map((each) => parsePredicate(yaml, each))
  return { mode, signers, predicates }
}

function parseMode(yaml: StrictYaml, node: unknown, place: unknown, what: string): PolicyMode {
  const text = yaml.text(node, `'mode' of ${what}`)
  const mode = modes.find((known) => known === text)
  if (mode) return mode
  if (text === undefined) {
    throw new UserError(`${what} has no 'mode'`, {
      hint: `Write one of: ${modes.join(', ')}.`,
      location: yaml.locate(place),
    })
  }
  const near = suggest(text, modes)
  throw new UserError(`'${text}' is not a mode`, {
    hint: near ? `Did you mean '${near}'?` : `Known are ${modes.join(', ')}.`,
    location: yaml.locate(node),
  })
}
