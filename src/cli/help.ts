import type { ActionDefinition, InputDefinition } from '../runner/index.ts'

/** What `k8s-release --help` prints. */
export function overview(definitions: readonly ActionDefinition[]): string {
  const width = Math.max(...definitions.map((definition) => definition.name.length))
  const lines = definitions.map(
    (definition) => `  ${definition.name.padEnd(width)}  ${firstSentence(definition.description)}`,
  )
  return `Usage: k8s-release <command> [--input value …]

Commands:
${lines.join('\n')}

  k8s-release <command> --help   inputs of a command
  k8s-release --version          version of k8s-release

Each command but 'release' and 'generate-key-pair' is the GitHub action of the same name. Inputs that are not given come from release.yaml.
`
}

/** What `k8s-release <command> --help` prints: the inputs and outputs of its action.yml. */
export function commandHelp(definition: ActionDefinition): string {
  const flags = Object.entries(definition.inputs).map(([name, input]) => flag(name, input))
  const outputs = Object.entries(definition.outputs).map(([name, output]) => `  ${name}\n      ${output.description}`)
  return `Usage: k8s-release ${definition.name} [--input value …]

${definition.description}

Inputs:
${flags.join('\n')}
  --json
      Print the outputs as one JSON object on stdout.
${outputs.length > 0 ? `\nOutputs:\n${outputs.join('\n')}\n` : ''}`
}

function flag(name: string, input: InputDefinition): string {
  const value = {
    string: ' TEXT',
    path: ' PATH',
    key: ' KEY',
    number: ' NUMBER',
    yaml: ' YAML',
    list: ' ITEM',
    boolean: '',
    choice: ` ${input.options?.join('|')}`,
  }
  const notes = [
    input.type === 'list' ? 'repeatable' : '',
    input.required ? 'required' : '',
    input.default ? `default: ${input.default.trim().replaceAll('\n', ' ')}` : '',
  ].filter(Boolean)
  return `  --${name}${value[input.type]}${notes.length > 0 ? `  (${notes.join('; ')})` : ''}\n      ${input.description}`
}

const firstSentence = (text: string): string => /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text
