import { expect, test } from '@jest/globals'
import { progressDisplay } from '../../../src/runner/progress.ts'

const stream = (isTTY: boolean) => {
  const written: string[] = []
  return { written, isTTY, columns: 80, write: (chunk: string) => written.push(chunk) > 0 }
}

test('on a terminal a bar is redrawn below the messages', () => {
  const terminal = stream(true)
  const display = progressDisplay(terminal as never)
  const progress = display.start('Hashing', 4)
  progress.advance(2)
  display.print('a message')
  progress.done()
  const text = terminal.written.join('')
  expect(text).toContain('Hashing ████████████░░░░░░░░░░░░ 2/4')
  expect(text.indexOf('a message\n')).toBeGreaterThan(0)
  expect(text).toMatch(/Hashing: 4 in \d+\.\d s\n$/)
})

test('work on nothing is not mentioned', () => {
  const log = stream(false)
  progressDisplay(log as never)
    .start('Copying', 0)
    .done()
  expect(log.written).toEqual([])
})

test('elsewhere a piece of work is one plain line', () => {
  const log = stream(false)
  const progress = progressDisplay(log as never).start('Copying', 2_500_000, 'bytes')
  progress.advance(2_500_000)
  progress.done()
  expect(log.written.join('')).toMatch(/^ {2}Copying: 2\.5 MB in \d+\.\d s\n$/)
})
