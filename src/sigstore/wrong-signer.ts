import { UserError } from '../runner/index.ts'

/** Somebody else signed than was expected; whether their signature holds was not looked at. */
export class WrongSigner extends UserError {
  /** Who it claims to be by: `'IDENTITY' (ISSUER)`, or a key. */
  readonly claimed: string

  constructor(claimed: string, message: string, options: { readonly hint?: string } = {}) {
    super(message, options)
    this.name = 'WrongSigner'
    this.claimed = claimed
  }
}
