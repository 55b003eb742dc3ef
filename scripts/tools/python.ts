import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { binary, isInstalled, markInstalled, toolsFolder } from './folder.ts'
import type { PythonTool } from './pins.ts'
import { run } from './run.ts'

/** Installs one tool from PyPI into a virtual environment of its own, and links its program into `bin`. */
export function installPythonTool(tool: PythonTool, report: (what: string) => void): void {
  const pin = tool.requirements.join(' ')
  if (isInstalled(tool.name, pin)) return
  report('pip install')
  const home = join(toolsFolder, 'python', tool.name)
  rmSync(home, { recursive: true, force: true })
  run(['python3', '-m', 'venv', home], 'Install python3 and python3-venv.')
  const pip = join(home, 'bin/pip')
  run([pip, 'install', '--quiet', '--disable-pip-version-check', '--no-deps', ...tool.requirements], 'pip is missing.')
  mkdirSync(join(toolsFolder, 'bin'), { recursive: true })
  rmSync(binary(tool.name), { force: true })
  symlinkSync(join(home, 'bin', tool.name), binary(tool.name))
  markInstalled(tool.name, pin)
}
