import { expect, test } from '@jest/globals'
import { code, heading, renderMarkdown, renderText, table, text } from '../../../src/runner/index.ts'

const blocks = [
  heading('Release <1>'),
  text('a & b'),
  table(
    ['Name', 'Digest'],
    [
      ['pipe | in', 'sha256:ab_cd'],
      ['x', 'two\nlines'],
    ],
  ),
  code('sh', 'echo ```\n\nls'),
]

test('renders Markdown that cannot be broken by its content', () => {
  expect(renderMarkdown(blocks)).toBe(
    [
      '### Release &lt;1&gt;',
      'a &amp; b',
      '| Name | Digest |\n| --- | --- |\n| pipe \\| in | `sha256:ab_cd` |\n| x | two lines |',
      '````sh\necho ```\n\nls\n````\n',
    ].join('\n\n'),
  )
})

test('renders text with aligned columns', () => {
  expect(renderText(blocks.slice(0, 3))).toBe(
    'Release <1>\n───────────\n\na & b\n\nNAME       DIGEST\npipe | in  sha256:ab_cd\nx          two\nlines\n',
  )
})
