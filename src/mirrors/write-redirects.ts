import { join } from 'node:path'
import { atomicWrite } from '../release/index.ts'
import { type Block, heading, type Step, table, text } from '../runner/index.ts'
import { type NginxOptions, nginxConfiguration } from './nginx.ts'
import type { Mirrors } from './policy.ts'
import { readMirrors } from './read.ts'
import { type RedirectTable, redirectsOf } from './redirects.ts'

export interface RedirectOptions extends NginxOptions {
  /** Absolute path of a mirrors policy. */
  readonly mirrors: string
  /** Absolute path of the folder for redirects.json and nginx.conf. */
  readonly output: string
  readonly dryRun: boolean
}

export interface RedirectResult {
  readonly redirects: RedirectTable
  readonly changed: boolean
}

/**
 * Writes where a redirector sends clients, as JSON and for nginx; does nothing where it is there already.
 * @throws UserError when the policy has a mistake, or the folder can't be written
 */
export async function writeRedirects(options: RedirectOptions, step: Step): Promise<RedirectResult> {
  const mirrors = await readMirrors(options.mirrors, step)
  const redirects = redirectsOf(mirrors)
  const configuration = nginxConfiguration(redirects, options)
  step.summary(...redirectSummary(mirrors, redirects))
  if (options.dryRun) return { redirects, changed: false }
  const written = [
    await atomicWrite(join(options.output, 'redirects.json'), `${JSON.stringify(redirects, null, 2)}\n`),
    await atomicWrite(join(options.output, 'nginx.conf'), configuration),
  ]
  return { redirects, changed: written.includes(true) }
}

function redirectSummary(mirrors: Mirrors, redirects: RedirectTable): Block[] {
  const rows = mirrors.vendors.map(({ name, mirrors: all }) => {
    const share = redirects.vendors.find((vendor) => vendor.name === name)?.share ?? 0
    const drained = all.filter(({ state }) => state === 'drained').map(({ region }) => region)
    return [name, `${share}%`, String(all.length - drained.length), drained.join(', ')]
  })
  return [
    heading('Redirects'),
    text(`Everything falls back to ${redirects.mirrors[redirects.canonical]?.registry}.`),
    table(['Vendor', 'Share of other clients', 'Mirrors that serve', 'Drained'], rows),
  ]
}
