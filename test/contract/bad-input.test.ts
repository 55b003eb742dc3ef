import { readdirSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { definitions } from '../../actions/index.ts'
import type { ActionDefinition, InputDefinition } from '../../src/runner/index.ts'
import { createJob, type Job, runAction, snapshot } from './action-process.ts'
import { tamperFiles, writeKeys, writeProject, writeRelease } from './release-fixture.ts'

const root = join(import.meta.dirname, '../..')

/** Inputs without which an action would stop before the mistake under test. */
const plausible = (definition: ActionDefinition): Readonly<Record<string, string>> => ({
  to: 'file:published',
  key: { verify: 'signer.pub', promote: '' }[definition.name] ?? 'signer.key', // promote signs only where it is told to
  'openpgp-key': 'openpgp.key',
  ...(definition.name === 'report-promotion'
    ? { reports: 'reports/*.json', plan: 'plan.json', 'plan-digest': `sha256:${'0'.repeat(64)}` }
    : {}),
  ...Object.fromEntries(
    Object.entries(definition.inputs)
      .filter(([, { type, required }]) => type === 'path' && required)
      .map(([name]) => [name, `${name}.yaml`]),
  ),
})

/** What a mistake does to a job: to its inputs, to its folder, or both. */
interface Mistake {
  readonly name: string
  /** Undefined where the action has nothing that could be wrong in this way. */
  inputs(definition: ActionDefinition): Readonly<Record<string, string>> | undefined
  prepare?(workspace: string): Promise<void>
  /** What the message must say. */
  readonly says: RegExp
}

const release = (workspace: string): string => join(workspace, 'release')

/** The value as the first input of this type. */
const inputOf =
  (type: InputDefinition['type'], value: string) =>
  (definition: ActionDefinition): Record<string, string> | undefined => {
    const name = Object.keys(definition.inputs).find((input) => definition.inputs[input]?.type === type)
    return name === undefined ? undefined : { [name]: value }
  }

/** No inputs, for an action that reads a release; `build` makes one. */
const readsRelease = (definition: ActionDefinition): Record<string, string> | undefined =>
  definition.name === 'build' || !definition.inputs.release ? undefined : {}

/** A key is read by an action that signs, and by one that can where it is told to. */
const withKey =
  (name: string) =>
  ({ inputs }: ActionDefinition): Record<string, string> | undefined =>
    inputs[name] ? { [name]: 'wrong.key', ...(inputs.sign ? { sign: 'true' } : {}) } : undefined

const mistakes: readonly Mistake[] = [
  { name: 'a boolean that is none', inputs: inputOf('boolean', 'maybe'), says: /neither true nor false: 'maybe'/ },
  { name: 'an unknown choice', inputs: inputOf('choice', 'other'), says: /is 'other'\n.*Choose one of/ },
  { name: 'a number that is none', inputs: inputOf('number', 'many'), says: /is not a number: 'many'/ },
  { name: 'YAML that is none', inputs: inputOf('yaml', '{'), says: /is not YAML/ },
  { name: 'a path outside the workspace', inputs: inputOf('path', '../../elsewhere'), says: /outside the workspace/ },
  {
    name: 'an unknown input in release.yaml',
    inputs: () => ({}),
    prepare: (workspace) => writeFile(join(workspace, 'release.yaml'), 'verify:\n  trusted-rot: root.json\n'),
    says: /Unknown input of 'verify': 'trusted-rot'\n.*Did you mean 'trusted-root'/,
  },
  {
    name: 'no release',
    inputs: readsRelease,
    prepare: (workspace) => rm(release(workspace), { recursive: true }),
    says: /release\.json is missing\n.*Run the 'build' step first/,
  },
  {
    name: 'a record that is not JSON',
    inputs: readsRelease,
    prepare: (workspace) => writeFile(join(release(workspace), 'release.json'), '{'),
    says: /release\.json is not JSON/,
  },
  {
    name: 'a record with a path that leaves the release',
    inputs: readsRelease,
    prepare: (workspace) => editRecord(workspace, '"files/hello_1.2.3-1_amd64.deb"', '"files/../../secret"'),
    says: /release\.json/,
  },
  {
    name: 'a record with an unknown field',
    inputs: readsRelease,
    prepare: (workspace) => editRecord(workspace, '"project":', '"projct": "x",\n  "project":'),
    says: /release\.json is not a release record/,
  },
  {
    name: 'no Go module',
    inputs: (definition) => (definition.name === 'build' ? {} : undefined),
    says: /go\.mod is missing/,
  },
  {
    name: 'files that differ from the record',
    // A manifest gets the images of a release only.
    inputs: (definition) => (definition.name === 'edit-manifest' ? undefined : readsRelease(definition)),
    prepare: (workspace) => tamperFiles(release(workspace)),
    says: /digest mismatch|recorded sha256:|differs in size or digest/,
  },
  {
    name: 'a malformed key',
    inputs: withKey('key'),
    prepare: (workspace) => writeFile(join(workspace, 'wrong.key'), '-----BEGIN PRIVATE KEY-----\nAAAA\n'),
    says: /wrong\.key/,
  },
  {
    name: 'a malformed OpenPGP key',
    inputs: withKey('openpgp-key'),
    prepare: (workspace) => writeFile(join(workspace, 'wrong.key'), 'not armored'),
    says: /wrong\.key/,
  },
  {
    name: 'a folder that cannot be written',
    // A file in the place of a folder refuses even root, whom no permission bits stop.
    inputs: ({ inputs }) => (inputs.release ? { release: 'taken/release' } : undefined),
    async prepare(workspace) {
      await writeProject(workspace)
      await writeFile(join(workspace, 'taken'), '')
    },
    says: /taken/,
  },
]

async function editRecord(workspace: string, from: string, to: string): Promise<void> {
  const path = join(release(workspace), 'release.json')
  const text = await readFile(path, 'utf8')
  if (!text.includes(from)) throw new Error(`release.json has no ${from}`)
  await writeFile(path, text.replace(from, to))
}

let job: Job
beforeEach(async () => {
  job = await createJob()
  await writeRelease(release(job.workspace))
  await writeKeys(job.workspace)
})
afterEach(() => job.remove())

async function expectRefusal(
  definition: ActionDefinition,
  inputs: Readonly<Record<string, string>>,
  says: RegExp,
): Promise<void> {
  const before = await snapshot(job.workspace)
  const result = await runAction(definition.name, job, { ...defaults(definition), ...inputs })
  expect(result.errors).toEqual([expect.stringMatching(says)])
  expect(result.exitCode).toBe(1)
  expect(result.log).not.toMatch(/^\s+at .*:\d+:\d+/m) // no stack
  expect(result.written).toBe('')
  expect(await snapshot(job.workspace)).toEqual(before)
}

/** What the runner sets where the workflow says nothing. */
function defaults(definition: ActionDefinition): Record<string, string> {
  const inputs = Object.entries(definition.inputs)
  return Object.fromEntries(inputs.map(([name, input]) => [name, input.default ?? plausible(definition)[name] ?? '']))
}

test('every action of the checkout is tested', () => {
  const folders = readdirSync(join(root, 'actions'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(definitions.map(({ name }) => name)).toEqual(folders.map(({ name }) => name).sort())
})

describe.each(definitions)('$name', (definition) => {
  const possible = mistakes.filter((mistake) => mistake.inputs(definition))
  test.each(possible)('refuses $name', async (mistake) => {
    await mistake.prepare?.(job.workspace)
    await expectRefusal(definition, mistake.inputs(definition) ?? {}, mistake.says)
  })

  const required = Object.keys(definition.inputs).filter((name) => definition.inputs[name]?.required)
  if (required.length > 0) {
    test.each(required)('demands %s', (name) =>
      expectRefusal(definition, { [name]: '' }, new RegExp(`Input '${name}' is required`)),
    )
  }
})
