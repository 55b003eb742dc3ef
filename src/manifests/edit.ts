import { FailedItems, UserError } from '../runner/index.ts'
import { parseStrictYaml } from '../yaml/index.ts'
import { type Addition, conflictsOf, missingTags } from './addition.ts'
import { addToText } from './edit-text.ts'
import { type PromoterManifest, parsePlainManifest, parseThinManifest } from './image-manifest.ts'

/** The texts of the image manifest of one project: a plain one, or the two of a thin tree. */
export interface ManifestSource {
  readonly project: string
  readonly manifest: NamedText
  /** Absent for a plain manifest, which has the images itself. */
  readonly images?: NamedText
}

export interface NamedText {
  /** What messages call it. */
  readonly file: string
  readonly text: string
}

/** The text that gets what is added: `images.yaml`, or the plain manifest. */
export const editedText = ({ manifest, images }: ManifestSource): NamedText => images ?? manifest

/** @throws UserError with file, line and column */
export function parseManifestSource({ project, manifest, images }: ManifestSource): PromoterManifest {
  const yaml = parseStrictYaml(manifest.text, manifest.file)
  return images === undefined
    ? parsePlainManifest(yaml, project)
    : parseThinManifest(yaml, parseStrictYaml(images.text, images.file), project)
}

/** What becomes of a manifest when images are added. Plain data. */
export interface ManifestEdit {
  /** The edited text; the same as before where nothing is new. */
  readonly text: string
  /** What the manifest did not have yet: a digest, or some of its tags. */
  readonly added: readonly Addition[]
  /** The manifest as it becomes, less all images that were not asked for. */
  readonly wanted: PromoterManifest
}

/**
 * Adds images to a manifest; every byte that was there is kept. Pure.
 * @throws UserError when the manifest has a mistake, or cannot be edited without changing more
 * @throws FailedItems that names each tag that would move
 */
export function planEdit(source: ManifestSource, additions: readonly Addition[]): ManifestEdit {
  const { images } = parseManifestSource(source)
  const added = additions.flatMap((addition) => {
    const tags = missingTags(images, addition)
    return tags ? [{ ...addition, tags }] : []
  })
  const conflicts = [...conflictsOf(images, additions), ...movingTags(added)]
  if (conflicts.length > 0) throw new FailedItems('Images that cannot be added', conflicts)
  const { text: before, file } = editedText(source)
  const text = addToText({ text: before, file, isPlain: source.images === undefined }, additions)
  const edited = source.images
    ? { ...source, images: { file, text } }
    : { ...source, manifest: { ...source.manifest, text } }
  return { text, added, wanted: onlyWanted(parseManifestSource(edited), additions) }
}

function movingTags(additions: readonly Addition[]): UserError[] {
  const isMoving = ({ tags }: Addition): boolean => tags.some((tag) => tag.toLowerCase() === 'latest')
  return additions.filter(isMoving).map(
    ({ name }) =>
      new UserError(`'${name}' would get the tag latest, which can never move to the next version`, {
        hint: 'Leave it out.',
      }),
  )
}

function onlyWanted(manifest: PromoterManifest, additions: readonly Addition[]): PromoterManifest {
  const asked = new Set(additions.map(({ name, digest }) => `${name}@${digest}`))
  return {
    ...manifest,
    images: manifest.images.filter(({ name, digest }) => asked.has(`${name}@${digest}`)),
    findings: [],
  }
}
