/** Entry of the command line: from source `node cli.ts`, bundled as dist/cli/index.js. */
import { actions, definitions } from './actions/index.ts'
import { runCommandLine } from './src/cli/index.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), { actions, definitions })
