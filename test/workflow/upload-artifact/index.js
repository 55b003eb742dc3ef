// act's artifact server does not understand today's clients; a folder that the test names does as well.
// Like the real one it forgets file modes, and only warns where there is nothing to upload.
import { chmodSync, cpSync, existsSync, globSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

const { INPUT_NAME, INPUT_OVERWRITE, INPUT_PATH, TEST_ARTIFACTS } = process.env
const artifact = join(TEST_ARTIFACTS, INPUT_NAME)
if (INPUT_OVERWRITE === 'true') rmSync(artifact, { recursive: true, force: true })
if (existsSync(INPUT_PATH)) {
  const target = statSync(INPUT_PATH).isFile() ? join(artifact, basename(INPUT_PATH)) : artifact
  cpSync(INPUT_PATH, target, { recursive: true, errorOnExist: true, force: false })
  for (const path of globSync('**/*', { cwd: artifact }).map((name) => join(artifact, name))) {
    if (statSync(path).isFile()) chmodSync(path, 0o644)
  }
} else console.log(`::warning::No files were found with the provided path: ${INPUT_PATH}`)
