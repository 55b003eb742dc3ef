/**
 * A project's script as a part of a longer one: in a subshell, so that its `exit` ends only itself, and without the longer
 * one's `set -e` unless it asks for it. What it was called with (`$1`, `$2`) it sees as if it stood alone.
 */
export function userScript(text: string | undefined): string[] {
  if (text === undefined) return []
  const [shebang = '', body = ''] = /^(#![^\n]*\n)?([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'))?.slice(1) ?? []
  return ['(', / -e\n$/.test(shebang) ? 'set -e' : 'set +e', body.trimEnd(), ')']
}

export const joinScript = (lines: readonly string[]): string => `${lines.join('\n')}\n`
