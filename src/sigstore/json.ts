/** A member of parsed JSON (an index of a list is a name too); undefined where there is none. */
export const member = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? new Map(Object.entries(value)).get(name) : undefined
