/** What a web server shall say of a file besides its bytes. */
export interface FileHeaders {
  readonly contentType: string
  readonly cacheControl: string
}

/** By the ending of the name; the longest that fits counts. Source: the IANA media types registry where it has one. */
const contentTypes: Readonly<Record<string, string>> = {
  asc: 'application/pgp-signature',
  att: 'application/json',
  cert: 'application/x-pem-file',
  css: 'text/css; charset=utf-8',
  deb: 'application/vnd.debian.binary-package',
  gz: 'application/gzip',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  jsonl: 'application/jsonl',
  md: 'text/markdown; charset=utf-8',
  md5: 'text/plain; charset=utf-8',
  pem: 'application/x-pem-file',
  rpm: 'application/x-rpm',
  sha1: 'text/plain; charset=utf-8',
  sha256: 'text/plain; charset=utf-8',
  sha512: 'text/plain; charset=utf-8',
  sig: 'text/plain; charset=utf-8',
  'sigstore.json': 'application/vnd.dev.sigstore.bundle.v0.3+json',
  spdx: 'text/spdx; charset=utf-8',
  'spdx.json': 'application/spdx+json',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  tgz: 'application/gzip',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml',
  xz: 'application/x-xz',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  zip: 'application/zip',
  zst: 'application/zstd',
}

/** Headers of a file whose bytes never change. A compressed one is not declared as such: clients would unpack it. */
export const immutableHeaders = (name: string): FileHeaders => ({
  contentType: contentTypeOf(name),
  cacheControl: 'public, max-age=31536000, immutable',
})

/** Headers of a small text that changes: whoever reads it asks again each time. */
export const documentHeaders: FileHeaders = {
  contentType: 'text/plain; charset=utf-8',
  cacheControl: 'no-cache, max-age=0, no-transform',
}

function contentTypeOf(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (/^(?:SHA(?:1|256|512)SUMS|MD5SUMS|README|LICENSE)$/.test(base)) return 'text/plain; charset=utf-8'
  const parts = base.toLowerCase().split('.').slice(1)
  const endings = parts.map((_, index) => parts.slice(index).join('.'))
  const known = endings.find((ending) => Object.hasOwn(contentTypes, ending))
  return (known !== undefined && contentTypes[known]) || 'application/octet-stream'
}
