import { createHash } from 'node:crypto'
import type { ElementId } from './spdx.ts'

type ElementKind = 'Artifact' | 'Binary' | 'Image' | 'Index' | 'Layer' | 'Module' | 'Release' | 'Source'

/**
 * An identifier that follows from a name: the name where it is allowed as it is, else one made unique by a hash.
 * @param distinction what tells two elements of the same name apart, without being shown
 */
export const elementId = (kind: ElementKind, name: string, distinction = ''): ElementId =>
  `SPDXRef-${kind}-${identifier(name, distinction)}`

/** Letters, digits, `.` and `-`, as identifiers of elements and documents have them. Source: SPDX 2.3, clauses 6.6 and 7.2. */
export function identifier(name: string, distinction = ''): string {
  const allowed = name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '')
  if (allowed === name && distinction === '') return name
  const hash = createHash('sha256').update(`${name}\0${distinction}`).digest('hex')
  return `${allowed.slice(0, 100)}-${hash.slice(0, 12)}`
}
