import type { ReleaseFacts } from './facts.ts'
import type { Check } from './verdict.ts'
import { failed, passed, unless } from './verdict.ts'

/** Every recorded file has the recorded bytes, and `files/` and `evidence/` hold no other. */
export function judgeFiles({ record, files }: ReleaseFacts): Check[] {
  const found = new Map(files.map((file) => [file.path, file]))
  const subjects = record.subjects.filter((subject) => subject.kind === 'file')
  const bytes = [...subjects, ...record.evidence].map((expected) => {
    const name = 'name' in expected ? expected.name : expected.path
    const fact = found.get(expected.path)
    if (!fact?.hashes) return failed(name, 'bytes', `${expected.path}: ${fact?.problem ?? 'it is missing'}`)
    const { sha256, sha512, size } = fact.hashes
    if (sha256 !== expected.sha256) {
      return failed(name, 'bytes', `${expected.path}: recorded sha256:${expected.sha256}, found sha256:${sha256}`)
    }
    return unless(
      name,
      'bytes',
      [
        ...(size === expected.size ? [] : [`${expected.path}: recorded ${expected.size} bytes, found ${size}`]),
        ...('sha512' in expected && sha512 !== expected.sha512
          ? [`${expected.path}: another SHA-512 is recorded`]
          : []),
      ],
      `sha256:${sha256}`,
    )
  })
  const recorded = new Set([...subjects, ...record.evidence].map(({ path }) => path))
  const strangers = files.filter(({ path }) => !recorded.has(path))
  return [...bytes, ...strangers.map(({ path }) => failed(path, 'recorded', 'release.json does not name it'))]
}

/** A modified source means that the commit does not say what was built. */
export function judgeSource({ record: { source, project } }: ReleaseFacts, allowModified: boolean): Check {
  if (!source.modified) return passed(project, 'source', source.commit ? `commit ${source.commit}` : source.repository)
  return allowModified
    ? passed(project, 'source', 'the source was modified, which is allowed here')
    : failed(project, 'source', 'it was built from a working tree that differed from its commit')
}
