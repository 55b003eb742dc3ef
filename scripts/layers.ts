import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/**
 * Holds the arrows of docs/architecture.md: who may import whom, and only through a folder's index.ts.
 * `node scripts/layers.ts` prints `file:line: what` for each import that breaks them. Biome can't say this: its rule
 * sees the text of a specifier, not the folder that it leads to.
 */
export interface Violation {
  readonly file: string
  readonly line: number
  readonly message: string
}

type Layer = 'actions' | 'cli' | 'capability' | 'release' | 'world' | 'oci' | 'errors'

/** The folders of src with a layer of their own; every other one is a capability. */
const layers: Readonly<Record<string, Layer>> = {
  cli: 'cli',
  release: 'release',
  archive: 'world',
  cloud: 'world',
  github: 'world',
  http: 'world',
  openpgp: 'world',
  registry: 'world',
  runner: 'world',
  sigstore: 'world',
  storage: 'world',
  yaml: 'world',
  oci: 'oci',
  errors: 'errors',
}

const allowed: Readonly<Record<Layer, readonly Layer[]>> = {
  actions: ['capability', 'release', 'world', 'oci', 'errors'],
  cli: ['capability', 'release', 'world', 'oci', 'errors'],
  capability: ['capability', 'release', 'world', 'oci', 'errors'],
  release: ['world', 'oci', 'errors'],
  world: ['world', 'oci', 'errors'],
  oci: ['errors'],
  errors: [],
}

interface Place {
  /** `src/sign`, `actions/sign`, or `actions` for the generated list of them. */
  readonly folder: string
  readonly layer: Layer
}

function placeOf(path: string): Place | undefined {
  const [top, name, ...rest] = path.split('/')
  if (name === undefined) return undefined
  if (top === 'actions') return { folder: rest.length === 0 ? 'actions' : `actions/${name}`, layer: 'actions' }
  if (top !== 'src' || rest.length === 0) return undefined
  return { folder: `src/${name}`, layer: layers[name] ?? 'capability' }
}

const relativeImport = /\b(?:from|import)\s*\(?\s*(['"])(?<specifier>\.\.?\/[^'"\n]+)\1/g

/**
 * The imports of one source file that break the layers.
 * @param file path from the root of the repository, with `/`
 */
export function layerViolations(file: string, source: string): Violation[] {
  const violations: Violation[] = []
  const from = placeOf(file)
  if (!from) return [{ file, line: 1, message: 'lies outside every layer; move it into a folder of src' }]
  for (const match of source.matchAll(relativeImport)) {
    const target = posix.join(posix.dirname(file), match.groups?.specifier ?? '')
    const message = judge(from, target)
    if (message) violations.push({ file, line: source.slice(0, match.index).split('\n').length, message })
  }
  return violations
}

function judge(from: Place, target: string): string | undefined {
  if (target.endsWith('.json')) return undefined // data has no layer
  const to = placeOf(target)
  if (!to) return `imports ${target}, which lies outside every layer`
  if (to.folder === from.folder) return undefined
  if (from.folder === 'actions' && to.layer === 'actions') return undefined
  if (!allowed[from.layer].includes(to.layer)) {
    return `imports ${target}: ${from.folder} (${from.layer}) may not import ${to.folder} (${to.layer})`
  }
  if (target !== `${to.folder}/index.ts`) return `imports ${target}; ${to.folder}/index.ts is its door`
  return undefined
}

/** All violations in a checkout. */
export function checkLayers(root: string): Violation[] {
  const files = globSync(['src/**/*.ts', 'actions/**/*.ts'], { cwd: root }).sort()
  return files.flatMap((file) => layerViolations(file, readFileSync(join(root, file), 'utf8')))
}

if (import.meta.main) {
  const violations = checkLayers(join(import.meta.dirname, '..'))
  for (const violation of violations) console.error(`${violation.file}:${violation.line}: ${violation.message}`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
