import { createHash } from 'node:crypto'
import type { ElementId } from './spdx.ts'

type ElementKind = 'Artifact' | 'Binary' | 'Image' | 'Index' | 'Layer' | 'Module' | 'Release' | 'Source'

/** An identifier that follows from a name: the name where it is allowed as it is, else one made unique by a hash. */
export const elementId = (kind: ElementKind, name: string): ElementId => `SPDXRef-${kind}-${identifier(name)}`

/** Letters, digits, `.` and `-`, as identifiers of elements and documents have them. Source: SPDX 2.3, clauses 6.6 and 7.2. */
export function identifier(name: string): string {
  const allowed = name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '')
  return allowed === name
    ? name
    : `${allowed.slice(0, 100)}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`
}
