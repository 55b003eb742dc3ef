/** An ECDSA signature of P-256 in DER, as Sigstore has it, from r and s one after the other, as JOSE has it. */
export function derSignature(joined: Buffer): Buffer {
  const half = joined.length / 2
  const body = Buffer.concat([integer(joined.subarray(0, half)), integer(joined.subarray(half))])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

function integer(bytes: Buffer): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const digits = bytes.subarray(start)
  // A first bit of 1 would make it negative.
  const sign = (digits[0] ?? 0) & 0x80 ? [0] : []
  return Buffer.concat([Buffer.from([0x02, digits.length + sign.length, ...sign]), digits])
}
