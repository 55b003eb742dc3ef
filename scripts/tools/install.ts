import { installDebianTools } from './debian.ts'
import { toolsFolder } from './folder.ts'
import { installGoTool, installOwnTool } from './go.ts'
import { benchTools, debianTools, goTools, ownTools, pythonTools } from './pins.ts'
import { installPythonTool } from './python.ts'
import { InstallError } from './run.ts'

// `make tools`, and with the argument `bench` the peers of `make bench`, too: silent when everything is there, one line
// for each thing that it installs.
const wanted = process.argv[2] === 'bench' ? [...goTools, ...benchTools] : goTools
const report =
  (name: string) =>
  (what: string): void =>
    console.log(`  ${name.padEnd(18)} ${what}`)

try {
  installDebianTools(debianTools, report('debian'))
  for (const tool of wanted) installGoTool(tool, report(`${tool.name} ${tool.version}`))
  for (const tool of ownTools) installOwnTool(tool, report(tool.name))
  for (const tool of pythonTools) installPythonTool(tool, report(tool.requirements[0] ?? tool.name))
  console.log(`Tools are in ${toolsFolder}`)
} catch (error) {
  if (!(error instanceof InstallError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
