/** `npm run bench`: how long an action takes to start, and each step of a release of the example. */
import { heading, renderText } from '../src/runner/index.ts'
import { releaseTable } from './release.ts'
import { startTable } from './start.ts'

console.log(renderText([heading('Start of an action until it reads its inputs'), await startTable()]))
console.log(renderText([heading('make release, seconds'), await releaseTable()]))
