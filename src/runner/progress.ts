import type { WriteStream } from 'node:tty'
import type { Progress } from './step.ts'

/** Prints messages, and below them a bar for the work under way when the stream is a terminal. */
export interface ProgressDisplay {
  print(message: string): void
  start(title: string, total: number, unit?: 'items' | 'bytes'): Progress
}

const width = 24
const redrawEvery = 80

/** On a stream that is no terminal, each piece of work is one line when it is done. */
export function progressDisplay(stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>): ProgressDisplay {
  let bar = ''
  let drawnAt = 0
  const clear = (): void => {
    if (bar !== '') stream.write('\r\x1b[2K')
    bar = ''
  }
  const draw = (line: string): void => {
    clear()
    bar = line.slice(0, (stream.columns ?? 80) - 1)
    stream.write(bar)
    drawnAt = Date.now()
  }
  return {
    print(message) {
      const redraw = bar
      clear()
      stream.write(`${message}\n`)
      if (redraw !== '') draw(redraw)
    },
    start(title, total, unit = 'items') {
      const start = Date.now()
      let current = 0
      return {
        advance(amount = 1) {
          current += amount
          if (stream.isTTY && Date.now() - drawnAt >= redrawEvery) draw(barLine(title, current, total, unit))
        },
        done() {
          clear()
          if (total === 0) return
          stream.write(`  ${title}: ${formatAmount(total, unit)} in ${((Date.now() - start) / 1000).toFixed(1)} s\n`)
        },
      }
    },
  }
}

function barLine(title: string, current: number, total: number, unit: 'items' | 'bytes'): string {
  const share = total > 0 ? Math.min(1, current / total) : 0
  const filled = Math.round(share * width)
  return `  ${title} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${formatAmount(current, unit)}/${formatAmount(total, unit)}`
}

function formatAmount(amount: number, unit: 'items' | 'bytes'): string {
  if (unit === 'items') return String(amount)
  return amount < 1e6 ? `${(amount / 1e3).toFixed(0)} kB` : `${(amount / 1e6).toFixed(1)} MB`
}
