import { UserError } from '../runner/index.ts'

/** @throws UserError when a name could lead out of its store, or means different things in different stores */
export function requireName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const strange = /[\\\u0000-\u001f\u007f]/.test(name)
  if (strange || name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new UserError(`'${name}' is not a name in a store`, { hint: 'Write it with / and without . or .. parts.' })
  }
}

/** @throws UserError when something else than the beginning of a name */
export function requirePrefix(prefix: string): void {
  if (prefix !== '') requireName(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)
}
