/** Text for the content of an XML 1.0 element. */
export const xmlText = (text: string): string => printable(text).replace(/[&<>\r]/g, reference)

/** Text for an attribute in double quotes; line ends and tabs survive attribute normalization. */
export const xmlAttribute = (text: string): string => printable(text).replace(/[&<>"\r\n\t]/g, reference)

/** ` name="value"` for each attribute that has a value. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('')

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const reference = (sign: string): string => named[sign] ?? `&#${sign.charCodeAt(0)};`

// XML 1.0 section 2.2: other characters cannot be written at all, not even as a reference; one makes dnf refuse the file.
const printable = (text: string): string =>
  text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')

/** Text of an attribute or element, with its references resolved. */
export const unescapeXml = (escaped: string): string =>
  escaped.replace(/&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));/g, (all, name, decimal, hexadecimal) => {
    if (name) return entities[name] ?? all
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
