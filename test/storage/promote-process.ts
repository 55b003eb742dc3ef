/**
 * Promotes files in a process of its own, so that a test can kill it: `node promote-process.ts WISHES.json`.
 * It ends with 1 when a file is in conflict or failed.
 */
import { readFile } from 'node:fs/promises'
import { applyFiles, type FileWish, observeFiles, openFileStores, planFiles } from '../../src/promote/files/index.ts'
import { testStep } from '../step.ts'

const [path = ''] = process.argv.slice(2)
const wishes: readonly FileWish[] = JSON.parse(await readFile(path, 'utf8'))
const step = testStep({ environment: process.env })
const stores = openFileStores(step)
const plan = planFiles(wishes, await observeFiles(wishes, stores, step))
const outcomes = await applyFiles(plan.files, stores, step)
const failures = [...plan.conflicts, ...outcomes.flatMap(({ failure }) => failure ?? [])]
for (const { message } of failures) console.error(message)
process.exitCode = failures.length === 0 ? 0 : 1
