import { type FileSubject, fileSubjects } from '../release/index.ts'
import type { ChecksumAlgorithm, ReleaseFacts } from './facts.ts'
import { type Check, failed, passed, unless } from './verdict.ts'

const algorithms: readonly ChecksumAlgorithm[] = ['sha256', 'sha512']
const digits: Readonly<Record<ChecksumAlgorithm, number>> = { sha256: 64, sha512: 128 }

/** SHA256SUMS and SHA512SUMS have a line for each file with its recorded sum, and no other line. */
export function judgeChecksums({ record, checksums }: ReleaseFacts): Check[] {
  const files = fileSubjects(record)
  const listed = files.filter(({ role }) => role !== 'checksums')
  return algorithms.map((algorithm) => {
    const name = `${algorithm.toUpperCase()}SUMS`
    if (!files.some((file) => file.name === name)) {
      return listed.length === 0
        ? passed(name, 'checksums', 'there is no file to list')
        : failed(name, 'checksums', 'release.json names no such file')
    }
    const text = checksums[algorithm]
    if (text === undefined) return failed(name, 'checksums', 'it cannot be read')
    return unless(name, 'checksums', objectionsTo(text, algorithm, listed), `${listed.length} files`)
  })
}

function objectionsTo(text: string, algorithm: ChecksumAlgorithm, listed: readonly FileSubject[]): string[] {
  const expected = new Map(listed.map((file) => [file.name, file[algorithm]]))
  const seen = new Set<string>()
  const objections: string[] = []
  const line = new RegExp(`^(?<sum>[0-9a-f]{${digits[algorithm]}}) [ *](?<name>.+)$`)
  for (const [index, content] of text.replace(/\n$/, '').split('\n').entries()) {
    const { sum, name } = line.exec(content)?.groups ?? {}
    if (sum === undefined || name === undefined) {
      if (text !== '') objections.push(`line ${index + 1} is not a sum and a name`)
    } else if (seen.has(name)) objections.push(`it lists ${name} twice`)
    else if (!expected.has(name)) objections.push(`it lists ${name}, which is no file of the release`)
    else if (expected.get(name) !== sum) objections.push(`its sum of ${name} is not the recorded one`)
    if (name !== undefined) seen.add(name)
  }
  for (const name of expected.keys()) if (!seen.has(name)) objections.push(`it does not list ${name}`)
  return objections
}
