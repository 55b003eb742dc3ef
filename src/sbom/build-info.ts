import { UserError } from '../errors/index.ts'

/** A Go module, as the linker recorded it. */
export interface Module {
  /** Module path: `k8s.io/client-go`. For a replacement by a folder, that folder. */
  readonly path: string
  /** `v1.2.3`; `(devel)` or absent where the toolchain did not know it. */
  readonly version?: string
  /** Hash of the module's tree, `h1:` and base64; not of any file. */
  readonly sum?: string
  /** What was really compiled in its stead, by a `replace` directive. */
  readonly replacement?: Module
}

/** What Go's linker says of a binary in itself; `go version -m` prints the same. Source: Go, package debug/buildinfo. */
export interface BuildInfo {
  /** As the toolchain names itself: `go1.26.8`. */
  readonly goVersion: string
  /** Import path of the main package; absent, as the modules are, in a binary that was built without modules. */
  readonly path?: string
  readonly main?: Module
  readonly dependencies: readonly Module[]
  /** `GOOS`, `-ldflags`, `vcs.revision`, …; Go 1.18 and later. */
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Parses the text that holds the modules, a line each, fields divided by tabs.
 * @throws UserError when it is malformed
 */
export function parseBuildInfo(goVersion: string, text: string): BuildInfo {
  let path: string | undefined
  let main: Module | undefined
  const dependencies: Module[] = []
  const settings: [string, string][] = []
  let replaceable: ((replacement: Module) => void) | undefined
  for (const line of text.split('\n')) {
    const [kind = '', ...fields] = line.split('\t')
    switch (kind) {
      case 'path':
        path = fields[0] ?? ''
        break
      case 'mod': {
        const module = parseModule(fields)
        main = module
        replaceable = (replacement) => {
          main = { ...module, replacement }
        }
        break
      }
      case 'dep': {
        const module = parseModule(fields)
        const index = dependencies.push(module) - 1
        replaceable = (replacement) => {
          dependencies[index] = { ...module, replacement }
        }
        break
      }
      case '=>':
        if (!replaceable) throw new UserError('its Go build info replaces no module')
        replaceable(parseModule(fields))
        replaceable = undefined
        break
      case 'build':
        settings.push(parseSetting(fields.join('\t')))
        break
      default: // a later Go may add kinds of lines
    }
  }
  return {
    goVersion,
    ...(path ? { path } : {}),
    ...(main ? { main } : {}),
    dependencies,
    settings: Object.fromEntries(settings),
  }
}

function parseModule([path, version, sum]: readonly string[]): Module {
  if (!path) throw new UserError('its Go build info has a module without a path')
  return { path, ...(version ? { version } : {}), ...(sum ? { sum } : {}) }
}

/** `key=value`, each quoted as a Go string where it has to be. */
function parseSetting(text: string): [string, string] {
  const match = /^(?:(?<key>[^"`=][^=]*)|(?<quoted>"(?:[^"\\]|\\.)*"|`[^`]*`))=(?<value>.*)$/s.exec(text)
  const { key, quoted, value = '' } = match?.groups ?? {}
  if (!match) throw new UserError('its Go build info has a build setting that is not key=value')
  return [key ?? unquote(quoted ?? ''), /^["`]/.test(value) ? unquote(value) : value]
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** An interpreted string literal as `strconv.Quote` writes it, or a raw one. Source: Go specification, "String literals". */
function unquote(literal: string): string {
  const quote = literal[0] ?? ''
  if (literal.length < 2 || !literal.endsWith(quote)) throw new UserError('its Go build info has an open quote')
  const content = literal.slice(1, -1)
  if (quote === '`') return content
  return content.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (_, byte?: string, short?: string, long?: string, sign = '') => {
      const code = byte ?? short ?? long
      if (code === undefined) return escapes[sign] ?? sign
      const point = Number.parseInt(code, 16)
      // A byte above 7F is one that was not UTF-8.
      return (byte !== undefined && point > 0x7f) || point > 0x10ffff ? '\uFFFD' : String.fromCodePoint(point)
    },
  )
}
