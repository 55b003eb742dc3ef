import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { binary, isInstalled, markInstalled, toolsFolder } from './folder.ts'
import type { GoTool } from './pins.ts'
import { run } from './run.ts'

const missing = 'Install Go from https://go.dev/doc/install.'

/** Installs one tool; a binary of the pinned version that lies there already, from elsewhere, is taken as it is. */
export function installGoTool(tool: GoTool, report: (what: string) => void): void {
  const pin = `${tool.module} ${tool.version}`
  if (isInstalled(tool.name, pin)) return
  if (builtFrom(tool)) report('found')
  else {
    report('go install')
    const { GOOS: _os, GOARCH: _architecture, ...host } = process.env
    const environment = { ...host, CGO_ENABLED: '0', GOBIN: join(toolsFolder, 'bin') }
    const path = [tool.module, tool.package].filter(Boolean).join('/')
    run(['go', 'install', '-trimpath', '-ldflags=-s -w', `${path}@${tool.version}`], missing, environment)
  }
  markInstalled(tool.name, pin)
}

function builtFrom(tool: GoTool): boolean {
  if (!existsSync(binary(tool.name))) return false
  const information = run(['go', 'version', '-m', binary(tool.name)], missing)
  return information.split('\n').some((line) => line.startsWith(`\tmod\t${tool.module}\t${tool.version}\t`))
}
