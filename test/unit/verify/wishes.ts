import type { VerifyWishes } from '../../../src/verify/index.ts'

/** Nothing to verify, and nobody to believe. */
export const noVerification: Omit<VerifyWishes, 'release'> = {
  files: [],
  images: [],
  bundle: undefined,
  key: undefined,
  certificateIdentity: undefined,
  keyPassword: undefined,
  certificateOidcIssuer: undefined,
  trustedRoot: undefined,
  recursive: false,
  policy: undefined,
  builderId: undefined,
  allowModified: false,
  plainHttp: [],
  report: undefined,
  dryRun: false,
}
