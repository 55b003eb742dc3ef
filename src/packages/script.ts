/**
 * A project's script as a part of a longer one: in a subshell, so that its `exit` ends only itself. What it was called
 * with (`$1`, `$2`) it sees as if it stood alone.
 */
export function userScript(text: string | undefined): string[] {
  if (text === undefined) return []
  const body = text.replaceAll('\r\n', '\n').replace(/^#![^\n]*\n/, '')
  return ['(', body.trimEnd(), ')']
}

export const joinScript = (lines: readonly string[]): string => `${lines.join('\n')}\n`
