/**
 * The target of `rel="next"` in a `Link` header.
 * Source: RFC 8288; distribution specification, "Listing Tags" and "Listing Referrers".
 */
export function nextPage(link: string | null): string | undefined {
  for (const [, target, parameters = ''] of (link ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/g,
  )) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters)) return target
  }
  return undefined
}
