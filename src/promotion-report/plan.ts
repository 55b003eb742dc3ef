import { readFile } from 'node:fs/promises'
import { digestOfBytes, parseDigest } from '../oci/index.ts'
import { describeError, UserError } from '../runner/index.ts'
import type { ApprovedPlan } from './merge.ts'

/** As much of a plan as a report is held to. */
interface PlanDocument {
  readonly images: readonly { readonly destination: string }[]
  readonly files: readonly { readonly destination: string }[]
  readonly conflicts: ApprovedPlan['conflicts']
}

/**
 * Reads the plan that was approved.
 * @throws UserError when it is not the plan with this digest
 */
export async function readApprovedPlan(path: string, demanded: string): Promise<ApprovedPlan> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(`The plan cannot be read: ${describeError(error)}`)
  })
  const digest = digestOfBytes(bytes)
  if (digest !== parseDigest(demanded, 'plan-digest')) {
    throw new UserError(`The plan is ${digest}, but ${demanded} was approved`, {
      hint: 'Hand on the plan file as the dry run wrote it.',
    })
  }
  // Its digest is that of a plan that 'promote' wrote, so nothing else can be in it.
  const plan = JSON.parse(bytes.toString()) as PlanDocument
  const destinations = [...plan.images, ...plan.files].map(({ destination }) => hostOf(destination))
  return { digest, hosts: [...new Set(destinations)].sort(), conflicts: plan.conflicts }
}

/** `HOST` of `HOST/NAME`, `s3://BUCKET` of a store, the folder of a layout or a folder. */
function hostOf(destination: string): string {
  const store = /^[a-z0-9]+:\/\/[^/]+/.exec(destination)?.[0]
  if (store !== undefined) return store
  if (destination.startsWith('file:')) return destination
  if (destination.startsWith('oci:')) return destination.slice(0, destination.lastIndexOf(':'))
  return destination.split('/', 1)[0] ?? destination
}
