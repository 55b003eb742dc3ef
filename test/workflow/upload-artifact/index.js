// act's artifact server does not understand today's clients; a folder that the test names does as well.
// Like the real one it forgets file modes.
import { chmodSync, cpSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const { INPUT_NAME, INPUT_PATH, TEST_ARTIFACTS } = process.env
const target = join(TEST_ARTIFACTS, INPUT_NAME)
cpSync(INPUT_PATH, target, { recursive: true, errorOnExist: true, force: false })
for (const path of globSync('**/*', { cwd: target }).map((name) => join(target, name))) {
  if (statSync(path).isFile()) chmodSync(path, 0o644)
}
