import { type Digest, formatPlatform, hexOf, type Platform } from '../oci/index.ts'
import { type Binary, binaryComposition, binaryId } from './binary-document.ts'
import { annotation, type Composition, spdxDocument } from './document.ts'
import { elementId } from './element-id.ts'
import { formatPackageUrl } from './package-url.ts'
import { type Project, projectParties } from './source-package.ts'
import {
  type Checksum,
  type ElementId,
  purlReference,
  relationship,
  type SpdxDocument,
  type SpdxPackage,
  spdxPackage,
} from './spdx.ts'

/** A layer of an image, and the Go binaries that are visible in the image because of it. */
export interface ImageLayer {
  readonly digest: Digest
  readonly mediaType: string
  readonly binaries: readonly Binary[]
  /** Executables whose headers or build info are malformed, with what is wrong. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
}

/** One platform of an image. */
export interface ImagePlatform {
  /** Repository name: `hello`. */
  readonly image: string
  readonly index: Digest
  readonly digest: Digest
  readonly platform: Platform
  /** The image that it was built upon, by its `org.opencontainers.image.base.*` annotations. */
  readonly base?: { readonly name?: string; readonly digest: Digest }
  readonly layers: readonly ImageLayer[]
}

/** The SPDX document of one platform of an image: its layers, the Go binaries in them, and their modules. */
export function imageDocument(image: ImagePlatform, project: Project, name: string): SpdxDocument {
  const created = project.source.commitTime
  return spdxDocument({
    name,
    created,
    comment:
      'Lists the Go binaries in the layers, and their modules by Go build info; packages of an operating system are not listed. ' +
      'Licenses were not looked for: NOASSERTION says nothing of them.',
    describes: imageId(image.digest),
    parts: [
      imageComposition(image, project),
      ...(image.base ? [baseComposition(imageId(image.digest), image.base)] : []),
      ...image.layers.map((layer) => layerComposition(imageId(image.digest), layer, created)),
    ],
  })
}

export const indexId = (digest: Digest): ElementId => elementId('Index', hexOf(digest))

export const imageId = (digest: Digest): ElementId => elementId('Image', hexOf(digest))

/** A platform's image, the index it belongs to, and how they relate. */
export function imageComposition(image: Omit<ImagePlatform, 'layers'>, project: Project): Composition {
  const id = imageId(image.digest)
  const about = {
    versionInfo: project.version,
    ...projectParties(project),
    primaryPackagePurpose: 'CONTAINER',
  } as const
  const { architecture } = image.platform
  return {
    packages: [
      imagePackage(
        { SPDXID: indexId(image.index), name: image.image, ...about, comment: 'Multi-platform index' },
        image.index,
      ),
      imagePackage(
        { SPDXID: id, name: image.image, ...about, comment: `Image for ${formatPlatform(image.platform)}` },
        image.digest,
        architecture,
      ),
    ],
    relationships: [
      relationship(indexId(image.index), 'CONTAINS', id),
      relationship(id, 'VARIANT_OF', indexId(image.index)),
    ],
  }
}

function baseComposition(image: ElementId, base: NonNullable<ImagePlatform['base']>): Composition {
  const id = imageId(base.digest)
  return {
    packages: [
      imagePackage(
        { SPDXID: id, name: base.name ?? base.digest, comment: 'Base image', primaryPackagePurpose: 'CONTAINER' },
        base.digest,
      ),
    ],
    relationships: [relationship(image, 'DESCENDANT_OF', id)],
  }
}

function layerComposition(image: ElementId, layer: ImageLayer, created: string): Composition {
  const id = elementId('Layer', hexOf(layer.digest))
  const parts = layer.binaries.map((binary) => binaryComposition(binary, created))
  const annotations = layer.unreadable.map(({ path, reason }) =>
    annotation(created, `Executable that could not be read for Go build info: ${path}: ${reason}`),
  )
  return {
    packages: [
      spdxPackage({
        SPDXID: id,
        name: layer.digest,
        checksums: checksumsOf(layer.digest),
        comment: `Layer of media type ${layer.mediaType}`,
        ...(annotations.length > 0 ? { annotations } : {}),
        primaryPackagePurpose: 'ARCHIVE',
      }),
      ...parts.flatMap((part) => part.packages),
    ],
    relationships: [
      relationship(image, 'CONTAINS', id),
      ...layer.binaries.map((binary) => relationship(id, 'CONTAINS', binaryId(binary))),
      ...parts.flatMap((part) => part.relationships),
    ],
  }
}

function imagePackage(members: Parameters<typeof spdxPackage>[0], digest: Digest, architecture?: string): SpdxPackage {
  // A reference of a base image may have a registry and a tag, neither of which is of its name.
  const path = members.name === digest ? undefined : members.name.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  const purl =
    path &&
    formatPackageUrl({
      type: 'oci',
      path: path.slice(path.lastIndexOf('/') + 1),
      version: digest,
      qualifiers: { arch: architecture, repository_url: /^[^/]*[.:][^/]*\//.test(path) ? path : undefined },
    })
  return spdxPackage({
    ...members,
    checksums: checksumsOf(digest),
    ...(purl ? { externalRefs: [purlReference(purl)] } : {}),
  })
}

const checksumsOf = (digest: Digest): Checksum[] => [{ algorithm: 'SHA256', checksumValue: hexOf(digest) }]
