import { UserError } from '../runner/index.ts'

/** What was published is never overwritten. */
export function overwriting(address: string, name: string, existing: string, wanted: string): UserError {
  return new UserError(
    `${address}: '${name}' is there with other bytes: sha256:${existing} instead of sha256:${wanted}`,
    { hint: 'What was published is never overwritten: use another folder or version, or remove the file yourself.' },
  )
}

export const absentFile = (address: string, name: string): UserError =>
  new UserError(`${address}: there is no '${name}'`, { hint: 'Check the address and the name.' })

export const largeDocument = (address: string, name: string): UserError =>
  new UserError(`${address}: '${name}' is too large for a line of text`, { hint: 'Something else was put there.' })

/** The store says that it keeps something else than what was sent. */
export const changedOnTheWay = (address: string, name: string): UserError =>
  new UserError(`${address}: '${name}' was written, but the checksum that the store computed is another`, {
    hint: 'Remove the file and run it again.',
  })

export const noSuchBucket = (address: string): UserError =>
  new UserError(`${address}: there is no such bucket`, {
    hint: 'Check its name and account; buckets are not made here.',
  })
