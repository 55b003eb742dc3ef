import { type ImageLocation, type ImageReference, parseReference } from '../oci/index.ts'
import type { Step } from '../runner/index.ts'

/** The location with the path of a layout made absolute. @throws UserError when it may not be used in this step */
export const resolveLocation = (location: ImageLocation, step: Step): ImageLocation =>
  location.kind === 'layout' ? { kind: 'layout', path: step.resolvePath(location.path) } : location

/**
 * An image by the reference that a user gave; the path of a layout is made absolute.
 * @throws UserError when the text is no reference, or its layout may not be used in this step
 */
export function resolveReference(text: string, step: Step): ImageReference {
  const reference = parseReference(text)
  return { ...reference, location: resolveLocation(reference.location, step) }
}
