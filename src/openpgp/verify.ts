/**
 * Whether this key made a detached signature (armored or binary) over the bytes, valid at `date`.
 * Bytes that are no signature are not one either: who must refuse them needs no more.
 */
export async function verifyDetached(
  publicKeyArmored: string,
  bytes: Uint8Array,
  signature: string | Uint8Array,
  date: Date,
): Promise<boolean> {
  const openpgp = await import('openpgp')
  try {
    const { signatures } = await openpgp.verify({
      message: await openpgp.createMessage({ binary: bytes }),
      signature: await (typeof signature === 'string'
        ? openpgp.readSignature({ armoredSignature: signature })
        : openpgp.readSignature({ binarySignature: signature })),
      verificationKeys: await openpgp.readKey({ armoredKey: publicKeyArmored }),
      date,
    })
    return await Promise.any(signatures.map((found) => found.verified))
  } catch {
    return false
  }
}

/** The text inside a cleartext signature that this key made, without a final line end; undefined when it did not. */
export async function verifyCleartext(
  publicKeyArmored: string,
  signed: string,
  date: Date,
): Promise<string | undefined> {
  // What stands around the signature is not signed, and clients differ in what they make of it.
  if (!/^-----BEGIN PGP SIGNED MESSAGE-----\n.*\n-----END PGP SIGNATURE-----\n?$/s.test(signed)) return undefined
  const openpgp = await import('openpgp')
  try {
    const { data, signatures } = await openpgp.verify({
      message: await openpgp.readCleartextMessage({ cleartextMessage: signed }),
      verificationKeys: await openpgp.readKey({ armoredKey: publicKeyArmored }),
      date,
    })
    await Promise.any(signatures.map((found) => found.verified))
    return data.replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}
