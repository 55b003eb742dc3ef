import { type Step, UserError } from '../runner/index.ts'
import { publicTarget, readDocument } from './documents.ts'
import { type SigningServices, serviceUrl, timestampEndpoint } from './services.ts'
import { servicesOf } from './signing-config.ts'

export interface ServiceOptions {
  readonly signingConfig: string | undefined
  readonly fulcioUrl: string | undefined
  readonly rekorUrl: string | undefined
  readonly timestampUrl: string | undefined
}

/** True when the user chose services; then a key pair's signatures are logged and timestamped, too. */
export const namesServices = (options: ServiceOptions): boolean =>
  options.signingConfig !== undefined || namesUrls(options)

/**
 * Services from a signing_config.json or from URLs, else those of the public instance by TUF.
 * @throws UserError
 */
export async function chooseServices(options: ServiceOptions, step: Step): Promise<SigningServices> {
  if (!namesUrls(options)) {
    const path = options.signingConfig
    const text = path === undefined ? await publicTarget('signing_config.v0.2.json') : await readDocument(path)
    return servicesOf(text, path ?? "the public instance's signing configuration", step.now())
  }
  if (options.signingConfig !== undefined) {
    throw new UserError('A signing configuration and service URLs were given', {
      hint: "Give either 'signing-config', or 'fulcio-url', 'rekor-url' and 'timestamp-url'.",
    })
  }
  const { fulcioUrl, rekorUrl, timestampUrl } = options
  return {
    fulcio: fulcioUrl === undefined ? undefined : serviceUrl(fulcioUrl, "input 'fulcio-url'"),
    logs: rekorUrl === undefined ? [] : [{ url: serviceUrl(rekorUrl, "input 'rekor-url'"), version: undefined }],
    timestampAuthorities: timestampUrl === undefined ? [] : [timestampEndpoint(timestampUrl, "input 'timestamp-url'")],
  }
}

const namesUrls = ({ fulcioUrl, rekorUrl, timestampUrl }: ServiceOptions): boolean =>
  [fulcioUrl, rekorUrl, timestampUrl].some((url) => url !== undefined)
