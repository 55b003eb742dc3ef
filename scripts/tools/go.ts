import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { binary, isInstalled, markInstalled, toolsFolder } from './folder.ts'
import type { GoTool, OwnTool } from './pins.ts'
import { run } from './run.ts'

const missing = 'Install Go from https://go.dev/doc/install.'

/** Installs one tool; a binary of the pinned version that lies there already, from elsewhere, is taken as it is. */
export function installGoTool(tool: GoTool, report: (what: string) => void): void {
  const pin = `${tool.module} ${tool.version}`
  if (isInstalled(tool.name, pin)) return
  if (builtFrom(tool)) report('found')
  else {
    report('go install')
    const path = [tool.module, tool.package].filter(Boolean).join('/')
    run(['go', 'install', ...flags, `${path}@${tool.version}`], missing, environmentOfGo())
  }
  markInstalled(tool.name, pin)
}

const flags = ['-trimpath', '-ldflags=-s -w']

function environmentOfGo(): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _architecture, ...host } = process.env
  return { ...host, CGO_ENABLED: '0', GOBIN: join(toolsFolder, 'bin') }
}

/** Builds a program of ours, anew when its sources change. */
export function installOwnTool({ name, folder }: OwnTool, report: (what: string) => void): void {
  const sources = join(import.meta.dirname, '../..', folder)
  const hash = createHash('sha256')
  for (const file of readdirSync(sources).sort()) hash.update(`${file}\n`).update(readFileSync(join(sources, file)))
  const pin = hash.digest('hex')
  if (isInstalled(name, pin)) return
  report('go build')
  run(['go', 'build', '-C', sources, ...flags, '-o', binary(name), '.'], missing, environmentOfGo())
  markInstalled(name, pin)
}

function builtFrom(tool: GoTool): boolean {
  if (!existsSync(binary(tool.name))) return false
  const information = run(['go', 'version', '-m', binary(tool.name)], missing)
  return information.split('\n').some((line) => line.startsWith(`\tmod\t${tool.module}\t${tool.version}\t`))
}
