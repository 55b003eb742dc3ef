import { createHash } from 'node:crypto'
import { UserError } from '../errors/index.ts'
import { type Digest, digestFromHex, formatPlatform, hexOf } from '../oci/index.ts'
import type { FileSubject, ReleaseRecord } from '../release/index.ts'
import { type Binary, binaryDocument } from './binary-document.ts'
import { serializeDocument } from './document.ts'
import { imageDocument } from './image-document.ts'
import type { LayerBinary } from './layer.ts'
import { binaryDocumentName, documentSuffix, imageDocumentName, mediaType, releaseDocumentName } from './name.ts'
import type { ObservedPlatform, ReleaseObservation } from './observe.ts'
import { releaseDocument, type SubjectDocument } from './release-document.ts'
import type { SpdxDocument } from './spdx.ts'
import { visibleBinaries } from './visible.ts'

/** A document to be, and whether it is there. */
export interface PlannedDocument {
  /** File name. */
  readonly name: string
  /** What it describes, for a table: `hello-linux-amd64`, `image hello linux/amd64`. */
  readonly describes: string
  readonly packages: number
  readonly namespace: string
  readonly digest: Digest
  readonly text: string
  readonly state: 'new' | 'changed' | 'unchanged'
}

/** Documents by name, and the subjects that they become. */
export interface SbomPlan {
  readonly documents: readonly PlannedDocument[]
  readonly subjects: readonly FileSubject[]
}

/**
 * The SBOMs of a release: one of each binary, one of each platform of each image, one of the whole.
 * @throws UserError when two would have the same name, or one that of another subject
 */
export function planSboms(record: ReleaseRecord, { binaries, platforms, documents }: ReleaseObservation): SbomPlan {
  const plan = (name: string, describes: string, document: SpdxDocument): PlannedDocument =>
    plannedDocument(name, describes, document, documents.get(name))
  const isOwn = ownership(record, binaries)
  const subjectDocuments = [
    ...binaries.map(({ subject, buildInfo }) => {
      const { name, sha256, sha512 } = subject
      const binary: Binary = { path: name, sha256, sha512, ...(buildInfo ? { buildInfo } : {}), project: record }
      const document = binaryDocument(binary, stem(binaryDocumentName(name)), record.source.commitTime)
      return { subject: sha256, ...plan(binaryDocumentName(name), name, document) }
    }),
    ...platforms.map((platform) => {
      const { image, manifest } = platform
      const name = imageDocumentName(image.name, manifest.platform)
      const describes = `image ${image.name} ${formatPlatform(manifest.platform)}`
      return {
        subject: hexOf(manifest.digest),
        ...plan(name, describes, platformDocument(platform, record, isOwn, name)),
      }
    }),
  ]
  const references = subjectDocuments.map(
    ({ subject, name, namespace, digest }): SubjectDocument => ({
      subject,
      name: stem(name),
      namespace,
      sha256: hexOf(digest),
    }),
  )
  const wholeName = releaseDocumentName(record)
  const whole = plan(wholeName, `release ${record.version}`, releaseDocument(record, references, stem(wholeName)))
  const planned = [...subjectDocuments, whole].sort((left, right) => (left.name < right.name ? -1 : 1))
  requireFreeNames(planned, record)
  return { documents: planned, subjects: planned.map(documentSubject) }
}

/** A document as it would be written, compared with what is there. @param existing hexadecimal SHA-256 */
export function plannedDocument(
  name: string,
  describes: string,
  document: SpdxDocument,
  existing: string | undefined,
): PlannedDocument {
  const text = serializeDocument(document)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return {
    name,
    describes,
    packages: document.packages.length,
    namespace: document.documentNamespace,
    digest: digestFromHex(sha256),
    text,
    state: existing === undefined ? 'new' : existing === sha256 ? 'unchanged' : 'changed',
  }
}

const stem = (name: string): string => name.slice(0, -documentSuffix.length)

/** Whether a binary in an image was made by this build, so that the release's version and source are its own. */
function ownership(record: ReleaseRecord, binaries: ReleaseObservation['binaries']): (binary: LayerBinary) => boolean {
  const digests = new Set(binaries.map(({ subject }) => subject.sha256))
  const modules = new Set(binaries.flatMap(({ buildInfo }) => buildInfo?.main?.path ?? []))
  return ({ sha256, buildInfo }) => {
    const revision = buildInfo.settings['vcs.revision']
    return (
      digests.has(sha256) ||
      (buildInfo.main !== undefined && modules.has(buildInfo.main.path)) ||
      (revision !== undefined && revision === record.source.commit)
    )
  }
}

function platformDocument(
  { image, manifest, base, layers }: ObservedPlatform,
  record: ReleaseRecord,
  isOwn: (binary: LayerBinary) => boolean,
  name: string,
): SpdxDocument {
  const visible = visibleBinaries(layers.map(({ content }) => content))
  const described = layers.map(({ descriptor, content }, index) => ({
    digest: descriptor.digest,
    mediaType: descriptor.mediaType,
    binaries: (visible[index] ?? []).map((binary) => ({ ...binary, ...(isOwn(binary) ? { project: record } : {}) })),
    unreadable: content.unreadable,
  }))
  const { platform, digest } = manifest
  return imageDocument(
    { image: image.name, index: image.digest, digest, platform, layers: described, ...(base ? { base } : {}) },
    record,
    stem(name),
  )
}

function requireFreeNames(documents: readonly PlannedDocument[], record: ReleaseRecord): void {
  const taken = new Set(record.subjects.filter(({ kind }) => kind === 'file').flatMap(takenName))
  for (const { name, describes } of documents) {
    if (taken.has(name)) {
      throw new UserError(`The SBOM of ${describes} would be called ${name}, as something else of the release is`, {
        hint: 'Rename the binary, image or file in the build.',
      })
    }
    taken.add(name)
  }
}

const takenName = (subject: ReleaseRecord['subjects'][number]): string[] =>
  subject.kind === 'file' && subject.role !== 'sbom' ? [subject.name] : []

function documentSubject({ name, text, digest }: PlannedDocument): FileSubject {
  return {
    kind: 'file',
    name,
    path: `files/${name}`,
    role: 'sbom',
    mediaType,
    size: Buffer.byteLength(text),
    sha256: hexOf(digest),
    sha512: createHash('sha512').update(text).digest('hex'),
  }
}
