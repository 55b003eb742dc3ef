import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSubject, newRecord, saveRelease, withSubjects } from '../../src/release/index.ts'
import { type ActionDefinition, parseInputs, runCommand, type Step } from '../../src/runner/index.ts'
import { tool } from '../tools.ts'

const source = `package main

import "fmt"

var version string

func main() { fmt.Println("hello", version) }
`

/** A release with a static Go program that prints `hello VERSION`, for both architectures. */
export async function helloRelease(directory: string, version: string): Promise<void> {
  const files = join(directory, 'files')
  await mkdir(files, { recursive: true })
  const code = join(directory, 'main.go')
  await writeFile(code, source)
  const record = newRecord({
    project: 'hello',
    version,
    source: { repository: 'https://example.com/hello', commitTime: '2026-01-01T00:00:00Z', modified: false },
    build: { parameters: {}, dependencies: {} },
    subjects: [],
  })
  const subjects = await Promise.all(
    ['amd64', 'arm64'].map(async (architecture) => {
      const path = join(files, `hello-linux-${architecture}`)
      const args = ['build', '-trimpath', '-ldflags', `-s -w -X main.version=${version}`, '-o', path, code]
      const environment = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: architecture, GOFLAGS: '' }
      await runCommand(tool('go'), args, { environment })
      const platform = { os: 'linux', architecture }
      return fileSubject(directory, path, { role: 'binary', mediaType: 'application/octet-stream', platform })
    }),
  )
  await saveRelease(directory, withSubjects(record, subjects))
}

interface RunnableAction {
  readonly definition: ActionDefinition
  run(input: Readonly<Record<string, unknown>>, step: Step): Promise<Readonly<Record<string, unknown>>>
}

/** Runs an action with inputs as a workflow writes them. */
export const runAction = async (
  { definition, run }: RunnableAction,
  inputs: Readonly<Record<string, string>>,
  step: Step,
): Promise<Readonly<Record<string, unknown>>> =>
  run(
    await parseInputs(definition, inputs, {
      workspace: step.workspace,
      allowedRoots: undefined,
      spell: (name) => name,
    }),
    step,
  )

/** Changes one byte of a file in place, so that its size stays. */
export async function flipByte(path: string, position = -20): Promise<void> {
  const bytes = await readFile(path)
  const index = position < 0 ? bytes.length + position : position
  bytes[index] = (bytes[index] ?? 0) ^ 1
  await writeFile(path, bytes)
}
