/**
 * What has one rate budget and is one shard, of an address in a plan: the registry's host, the bucket, or the folder.
 * `HOST/NAME` → `HOST`; `oci:PATH:NAME` → `oci:PATH`; `s3://BUCKET/PREFIX` → `s3://BUCKET`; `file:PATH` stays.
 */
export function hostOfAddress(address: string): string {
  if (address.startsWith('oci:')) return address.slice(0, address.lastIndexOf(':'))
  if (address.startsWith('file:')) return address
  const bucket = /^(?:s3|gs):\/\/[^/]+/.exec(address)
  return bucket?.[0] ?? address.split('/', 1)[0] ?? address
}
