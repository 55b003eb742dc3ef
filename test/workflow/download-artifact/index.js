import { cpSync } from 'node:fs'
import { join } from 'node:path'

const { INPUT_NAME, INPUT_PATH, TEST_ARTIFACTS } = process.env
cpSync(join(TEST_ARTIFACTS, INPUT_NAME), INPUT_PATH, { recursive: true })
