/** The same steps from a terminal or any other CI: flags are read from each action's definition. */
import {
  type ActionDefinition,
  describeError,
  readConfiguration,
  runInTerminal,
  suggest,
  UserError,
} from '../runner/index.ts'
import { type ActionCatalog, loadAction } from './chain.ts'
import { parseFlags } from './flags.ts'
import { generateKeyPairCommand, generateKeyPairDefinition } from './generate-key-pair.ts'
import { commandHelp, overview } from './help.ts'
import { releaseCommand } from './release.ts'
import { releaseDefinition } from './release-definition.ts'
import { version } from './version.ts'

/**
 * Runs `k8s-release <command> --input value …` and answers the exit code.
 * Usage errors go to stderr with exit code 1; help goes to stdout.
 */
export async function runCommandLine(argv: readonly string[], catalog: ActionCatalog): Promise<number> {
  const commands = [releaseDefinition, generateKeyPairDefinition, ...catalog.definitions]
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview(commands))
    return name === undefined ? 1 : 0
  }
  if (name === '--version') {
    process.stdout.write(`k8s-release ${version}\n`)
    return 0
  }
  try {
    const definition = findCommand(commands, name)
    const flags = parseFlags(definition, rest)
    if (flags.help) {
      process.stdout.write(commandHelp(definition))
      return 0
    }
    if (name === releaseDefinition.name) return await runInTerminal(releaseCommand(catalog), flags.given, flags)
    if (name === generateKeyPairDefinition.name) return await runInTerminal(generateKeyPairCommand, flags.given, flags)
    const configured = (await readConfiguration(process.cwd(), catalog.definitions))[name]
    return await runInTerminal(await loadAction(catalog, name), { ...configured, ...flags.given }, flags)
  } catch (error) {
    process.stderr.write(`error: ${describeError(error)}\n`)
    if (!(error instanceof UserError) && process.env.RUNNER_DEBUG === '1')
      process.stderr.write(`${String((error as Error).stack)}\n`)
    return 1
  }
}

function findCommand(commands: readonly ActionDefinition[], name: string): ActionDefinition {
  const found = commands.find((definition) => definition.name === name)
  if (found) return found
  const near = suggest(
    name,
    commands.map((definition) => definition.name),
  )
  throw new UserError(`Unknown command: ${name}`, {
    hint: near ? `Did you mean '${near}'?` : 'See k8s-release --help.',
  })
}
