/** A piece of a summary: Markdown on GitHub, plain text on a terminal. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }

export const heading = (text: string): Block => ({ kind: 'heading', text })
export const text = (content: string): Block => ({ kind: 'text', text: content })
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  columns,
  rows,
})
export const code = (language: string, content: string): Block => ({ kind: 'code', language, text: content })

/** GitHub-flavored Markdown. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(markdownOf).join('\n\n')}\n`
}

/** Text for a terminal or a plain log. */
export function renderText(blocks: readonly Block[]): string {
  return `${blocks.map(textOf).join('\n\n')}\n`
}

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`
    case 'text':
      return escapeMarkdown(block.text)
    case 'code': {
      const fence = '`'.repeat(Math.max(3, longestRun(block.text, '`') + 1))
      return `${fence}${block.language}\n${block.text}\n${fence}`
    }
    case 'table': {
      const line = (cells: readonly string[]): string => `| ${cells.map(tableCell).join(' | ')} |`
      return [line(block.columns), `| ${block.columns.map(() => '---').join(' | ')} |`, ...block.rows.map(line)].join(
        '\n',
      )
    }
  }
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'─'.repeat(block.text.length)}`
    case 'text':
      return block.text
    case 'code':
      return block.text.replace(/^(?=.)/gm, '  ')
    case 'table':
      return alignColumns([block.columns.map((column) => column.toUpperCase()), ...block.rows])
  }
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

const escapeMarkdown = (content: string): string => content.replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

// A digest or path in code font keeps its underscores; a pipe would end the cell.
function tableCell(content: string): string {
  const cell = content.replace(/\|/g, '\\|').replace(/\r?\n/g, ' ')
  return /^(sha(256|512):|[\w.-]+\/)/.test(cell) && !cell.includes('`') ? `\`${cell}\`` : escapeMarkdown(cell)
}

function longestRun(content: string, sign: string): number {
  let longest = 0
  let run = 0
  for (const character of content) {
    run = character === sign ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
