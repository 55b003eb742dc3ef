import type { FileOutcome, ImageOutcome } from '../promote/index.ts'
import { type Block, heading, table, text } from '../runner/index.ts'
import { itemOf, type MergedReport } from './merge.ts'

/** A summary is for reading; the merged report has every row. */
const mostRows = 200

/** The verdict, then a row for each destination, then what is new there. */
export function reportSummary({ report, shortcomings }: MergedReport): Block[] {
  const outcomes: (ImageOutcome | FileOutcome)[] = [...report.images, ...report.files]
  return [
    heading(shortcomings.length === 0 ? 'Promotion complete' : 'Promotion not complete'),
    text(`Plan ${report.plan}, ${report.hosts.length === 0 ? 'no host' : report.hosts.join(', ')}.`),
    ...(shortcomings.length === 0
      ? []
      : [
          table(
            ['What is wrong'],
            shortcomings.slice(0, mostRows).map((line) => [line]),
          ),
        ]),
    ...(outcomes.length === 0
      ? [text('There was nothing to do.')]
      : [
          table(
            ['What', 'Where', 'State'],
            outcomes.slice(0, mostRows).map((outcome) => [itemOf(outcome), whereOf(outcome), outcome.state]),
          ),
        ]),
    ...(outcomes.length > mostRows ? [text(`${outcomes.length - mostRows} more rows are in the report.`)] : []),
  ]
}

const whereOf = (outcome: ImageOutcome | FileOutcome): string =>
  'name' in outcome || outcome.tags.length === 0
    ? outcome.destination
    : `${outcome.destination}:${outcome.tags.join(', ')}`
