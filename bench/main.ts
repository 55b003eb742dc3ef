/**
 * `npm run bench`: how long an action takes to start, each step of a release of the example, the plan of a large tree of
 * manifests, and promotion beside other tools. `npm run bench -- promote` does one part.
 */
import { type Block, heading, renderText } from '../src/runner/index.ts'
import { manifestsTable } from './manifests/table.ts'
import { freshTables } from './promote/fresh.ts'
import { largeTable } from './promote/large.ts'
import { limitedTable } from './promote/limited.ts'
import { releaseTable } from './release.ts'
import { signTables } from './sign/table.ts'
import { startTable } from './start.ts'

const parts: Readonly<Record<string, () => Promise<Block[]>>> = {
  start: async () => [heading('Start of an action until it reads its inputs'), await startTable()],
  release: async () => [heading('make release, seconds'), await releaseTable()],
  manifests: manifestsTable,
  promote: freshTables,
  'promote-limited': limitedTable,
  'promote-large': largeTable,
  sign: signTables,
}

const wanted = process.argv.slice(2)
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  const part = parts[name]
  if (!part) throw new Error(`'${name}' is none of ${Object.keys(parts).join(', ')}`)
  console.log(renderText(await part()))
}
