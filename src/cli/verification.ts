import { join } from 'node:path'
import { fileSubjects, imageSubjects, type Release, type ReleaseRecord } from '../release/index.ts'

/**
 * Shell lines with which someone else checks a release made by the command `release`, with tools they already have.
 * They need no privilege and change nothing outside a temporary folder. `shown` is the release directory as the user
 * would write it; apt wants it absolute.
 */
export function verificationCommands({ directory, record }: Release, shown: string): string[] {
  const published = join(shown, 'published')
  const trust = trustFlags(shown, record)
  const sums = join(published, 'files', 'SHA256SUMS')
  const provenance = record.evidence.find((evidence) => evidence.predicateType === 'https://slsa.dev/provenance/v1')
  const archives = fileSubjects(record, 'archive')
  const archive = archives.find(({ platform }) => platform?.os === 'linux') ?? archives[0]
  return [
    '# every file, by its checksum and the signature over the checksums',
    `(cd ${quote(join(published, 'files'))} && sha256sum --check --quiet SHA256SUMS)`,
    `cosign verify-blob ${trust} --bundle ${quote(`${sums}.sigstore.json`)} ${quote(sums)}`,
    ...(provenance && archive
      ? [
          '# where a file came from',
          `cosign verify-blob-attestation ${trust} --type slsaprovenance1 --bundle ${quote(join(shown, provenance.path))} ${quote(join(published, 'files', archive.name))}`,
        ]
      : []),
    ...imageCommands(published, record),
    ...aptCommands(join(directory, 'published'), record),
  ]
}

function imageCommands(published: string, record: ReleaseRecord): string[] {
  const images = imageSubjects(record)
  if (images.length === 0) return []
  const lines = images.map(
    (image) => `skopeo inspect --raw ${quote(`oci:${join(published, 'images')}:${image.name}:${image.tags[0]}`)}`,
  )
  return ['# the images, by their index', ...lines]
}

// A list and a cache of their own keep apt away from the system's.
function aptCommands(published: string, record: ReleaseRecord): string[] {
  const names = fileSubjects(record, 'package')
    .filter((subject) => subject.name.endsWith('.deb'))
    .map((subject) => subject.name.split('_')[0] ?? subject.name)
  if (names.length === 0) return []
  const repository = join(published, 'deb')
  const uri = `file:${repository.split('/').map(encodeURIComponent).join('/')}`
  return [
    '# the packages, through the signed apt repository',
    `check=$(mktemp -d) && mkdir "$check/lists" && cp ${quote(join(repository, 'Release.key'))} "$check/release.key"`,
    `echo "deb [signed-by=$check/release.key] ${uri} ./" > "$check/release.list"`,
    'apt="-o Dir::Etc::SourceList=$check/release.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$check/lists -o Dir::Cache=$check"',
    `apt-get update $apt && (cd "$check" && apt-get download $apt ${[...new Set(names)].sort().join(' ')})`,
  ]
}

/** Whom cosign must believe. A key pair without a transparency log has to be said so. */
function trustFlags(directory: string, record: ReleaseRecord): string {
  const signer = record.evidence[0]?.signer
  if (signer?.kind !== 'keyless') return `--key ${quote(join(directory, 'cosign.pub'))} --insecure-ignore-tlog`
  return `--certificate-identity ${quote(signer.identity)} --certificate-oidc-issuer ${quote(signer.issuer)}`
}

/** One word of a POSIX shell. */
const quote = (word: string): string => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
