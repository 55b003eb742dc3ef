import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { definitions } from '../../actions/index.ts'
import { parseFlags } from '../../src/cli/flags.ts'
import { generateKeyPairDefinition } from '../../src/cli/generate-key-pair.ts'
import { releaseDefinition } from '../../src/cli/release-definition.ts'

const root = join(import.meta.dirname, '..', '..')
const commands = [releaseDefinition, generateKeyPairDefinition, ...definitions]
const documents = (
  await Array.fromAsync(glob('{*.md,docs/*.md,actions/*/README.md,examples/*/*.md}', { cwd: root }))
).sort()

interface Fence {
  readonly language: string
  readonly text: string
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const fences = (path: string): Fence[] =>
  [...read(path).matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', text = '']) => ({ language, text }))

/** Words of a command line as a POSIX shell splits them, for what our documents need of it. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}

test.each(documents)('%s: every k8s-release command has flags that exist', (path) => {
  const shell = fences(path).filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language))
  const indented = read(path).match(/^ {4}.*$/gm) ?? []
  const lines = [...shell.map(({ text }) => text), ...indented]
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => /^\s*(node_modules\/\.bin\/|[A-Z_]+=\S* )?k8s-release [a-z]/.test(line))
  for (const line of lines) {
    const [name = '', ...flags] = words(
      line.slice(line.indexOf('k8s-release ') + 'k8s-release '.length).split(/ [#>|&]/)[0] ?? '',
    )
    const definition = commands.find((command) => command.name === name)
    expect({ line, definition: definition?.name }).toEqual({ line, definition: name })
    if (definition) expect(() => parseFlags(definition, flags)).not.toThrow()
  }
})

test.each(documents)('%s: every step in a workflow has inputs that exist', (path) => {
  for (const { text } of fences(path).filter(({ language }) => language === 'yaml')) {
    for (const document of parseAllDocuments(text)) {
      expect({ text, errors: document.errors }).toEqual({ text, errors: [] })
      for (const { uses, inputs } of stepsIn(document.toJS())) {
        if (!uses.startsWith('k8s-release/')) continue
        const known = inputsOf(uses)
        expect({ uses, known: known !== undefined }).toEqual({ uses, known: true })
        expect(known).toEqual(expect.arrayContaining(inputs))
      }
    }
  }
})

test.each(documents)('%s: every relative link leads to a file', (path) => {
  const targets = [...read(path).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
})

/** The inputs of an action or reusable workflow of ours; undefined when there is none of that name. */
function inputsOf(uses: string): string[] | undefined {
  const workflow = /^k8s-release\/k8s-release\/(\.github\/workflows\/[\w-]+\.yml)@v1$/.exec(uses)?.[1]
  if (workflow !== undefined) {
    if (!existsSync(join(root, workflow))) return undefined
    const { on }: { on: { workflow_call: { inputs: object } } } = parse(read(workflow))
    return Object.keys(on.workflow_call.inputs)
  }
  const definition = definitions.find(({ name }) => name === /^k8s-release\/([\w-]+)@v1$/.exec(uses)?.[1])
  return definition && Object.keys(definition.inputs)
}

function stepsIn(value: unknown): { uses: string; inputs: string[] }[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn)
  if (value === null || typeof value !== 'object') return []
  const own = 'uses' in value && typeof value.uses === 'string' ? [{ uses: value.uses, inputs: withOf(value) }] : []
  return [...own, ...Object.values(value).flatMap(stepsIn)]
}

const withOf = (step: object): string[] =>
  'with' in step && step.with !== null && typeof step.with === 'object' ? Object.keys(step.with) : []
