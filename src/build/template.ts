import { suggest, UserError } from '../runner/index.ts'

/**
 * Replaces `{{.Name}}` by its value.
 * @throws UserError for a name that is not there ("did you mean"), or braces that are no template
 */
export function expandTemplate(text: string, values: Readonly<Record<string, string>>, what: string): string {
  const expanded = text.replace(/\{\{\s*(.*?)\s*\}\}/g, (whole, inner: string) => {
    const name = /^\.([A-Za-z]+)$/.exec(inner)?.[1]
    const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined
    if (value !== undefined) return value
    const near = suggest(name ?? inner.replace(/^\./, ''), Object.keys(values))
    throw new UserError(`${what}: unknown template ${whole}`, {
      hint: near
        ? `Did you mean {{.${near}}}?`
        : `Known: ${Object.keys(values)
            .map((known) => `{{.${known}}}`)
            .join(', ')}.`,
    })
  })
  if (expanded.includes('{{'))
    throw new UserError(`${what}: a template is not closed: ${text}`, { hint: 'Write {{.Version}}.' })
  return expanded
}
