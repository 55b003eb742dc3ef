import { cpSync, globSync } from 'node:fs'
import { join } from 'node:path'

const { INPUT_NAME, INPUT_PATH, INPUT_PATTERN, TEST_ARTIFACTS } = process.env
if (INPUT_NAME) cpSync(join(TEST_ARTIFACTS, INPUT_NAME), INPUT_PATH, { recursive: true })
else {
  for (const name of globSync(INPUT_PATTERN, { cwd: TEST_ARTIFACTS })) {
    cpSync(join(TEST_ARTIFACTS, name), join(INPUT_PATH, name), { recursive: true })
  }
}
