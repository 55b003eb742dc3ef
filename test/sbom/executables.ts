/** Executables of each format, small and made by hand: headers, one page of code, and a page of data at an address. */

export interface Shape {
  readonly wide: boolean
  readonly order: 'little' | 'big'
  /** Whether the build info has a section of its own. */
  readonly section: boolean
}

export const pageSize = 0x1000
const dataAddress = 0x401000

/** Bytes of a data page that begins at an address. */
export type Data = (address: number) => Buffer

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const sentinel = Buffer.alloc(16, 0x30)

const framed = (modules: string): Buffer =>
  modules === '' ? Buffer.alloc(0) : Buffer.concat([sentinel, Buffer.from(`${modules}\n`), sentinel])

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return Buffer.from([...bytes, rest])
}

/** The form of Go 1.18 and later. */
export const inlineBlob = (version: string, modules: string): Buffer => {
  const header = Buffer.alloc(32)
  magic.copy(header)
  header[14] = 8
  header[15] = 2
  const text = framed(modules)
  return Buffer.concat([header, varint(Buffer.byteLength(version)), Buffer.from(version), varint(text.length), text])
}

/** The form before Go 1.18: pointers to string headers, which lie behind. */
export const pointerBlob =
  (version: string, modules: string, { wide, order }: Pick<Shape, 'wide' | 'order'>): Data =>
  (address) => {
    const width = wide ? 8 : 4
    const word = (value: number): Buffer => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigUInt64LE(BigInt(value))
      const little = bytes.subarray(0, width)
      return order === 'little' ? little : Buffer.from(little).reverse()
    }
    const header = Buffer.alloc(32)
    magic.copy(header)
    header[14] = width
    header[15] = order === 'big' ? 1 : 0
    const text = framed(modules)
    const strings = address + 32
    const bytes = strings + 4 * width
    word(strings).copy(header, 16)
    word(modules === '' ? 0 : strings + 2 * width).copy(header, 16 + width)
    return Buffer.concat([
      header,
      ...[bytes, Buffer.byteLength(version), bytes + Buffer.byteLength(version), text.length].map(word),
      Buffer.from(version),
      text,
    ])
  }

/** Fields of a header at their offsets. */
function header(
  size: number,
  order: Shape['order'],
  fields: readonly (readonly [at: number, width: 1 | 2 | 4 | 8, value: number])[],
): Buffer {
  const bytes = Buffer.alloc(size)
  for (const [at, width, value] of fields) {
    const digits = Buffer.alloc(8)
    digits.writeBigUInt64LE(BigInt(value))
    const little = Buffer.from(digits.subarray(0, width))
    ;(order === 'little' ? little : little.reverse()).copy(bytes, at)
  }
  return bytes
}

const page = (bytes: Buffer): Buffer => {
  if (bytes.length > pageSize) throw new Error('the page is full')
  return Buffer.concat([bytes, Buffer.alloc(pageSize - bytes.length)])
}

/** Headers, then the page of data, then (for a section) the section headers. */
export function elf({ wide, order, section }: Shape, data: Data): Buffer {
  const [headerSize, programSize, sectionSize] = wide ? [64, 56, 64] : [52, 32, 40]
  const content = data(dataAddress)
  const names = Buffer.from('\0.go.buildinfo\0.shstrtab\0')
  const tableAt = 2 * pageSize + names.length
  const identification: [number, 1, number][] = [
    ...Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, order === 'little' ? 1 : 2, 1]),
  ].map((value, at) => [at, 1, value])
  const main = wide
    ? header(headerSize, order, [
        ...identification,
        [32, 8, 64],
        [40, 8, section ? tableAt : 0],
        [54, 2, programSize],
        [56, 2, 1],
        [58, 2, sectionSize],
        [60, 2, section ? 3 : 0],
        [62, 2, section ? 2 : 0],
      ])
    : header(headerSize, order, [
        ...identification,
        [28, 4, 52],
        [32, 4, section ? tableAt : 0],
        [42, 2, programSize],
        [44, 2, 1],
        [46, 2, sectionSize],
        [48, 2, section ? 3 : 0],
        [50, 2, section ? 2 : 0],
      ])
  const segment = wide
    ? header(programSize, order, [
        [0, 4, 1],
        [4, 4, 6],
        [8, 8, pageSize],
        [16, 8, dataAddress],
        [32, 8, pageSize],
        [40, 8, pageSize],
      ])
    : header(programSize, order, [
        [0, 4, 1],
        [4, 4, pageSize],
        [8, 4, dataAddress],
        [16, 4, pageSize],
        [20, 4, pageSize],
        [24, 4, 6],
      ])
  const entry = (name: number, type: number, address: number, offset: number, size: number): Buffer =>
    wide
      ? header(sectionSize, order, [
          [0, 4, name],
          [4, 4, type],
          [16, 8, address],
          [24, 8, offset],
          [32, 8, size],
        ])
      : header(sectionSize, order, [
          [0, 4, name],
          [4, 4, type],
          [12, 4, address],
          [16, 4, offset],
          [20, 4, size],
        ])
  const sections = section
    ? [
        names,
        entry(0, 0, 0, 0, 0),
        entry(1, 1, dataAddress, pageSize, content.length),
        entry(15, 3, 0, 2 * pageSize, names.length),
      ]
    : []
  return Buffer.concat([page(Buffer.concat([main, segment])), page(content), ...sections])
}

/** One segment, `__DATA`, with a section of the build info or another. */
export function machO({ wide, order, section }: Shape, data: Data): Buffer {
  const content = data(dataAddress)
  const [headerSize, commandSize] = wide ? [32, 72 + 80] : [28, 56 + 68]
  const main = header(headerSize, order, [
    [0, 4, wide ? 0xfeedfacf : 0xfeedface],
    [16, 4, 1],
    [20, 4, commandSize],
  ])
  const command = wide
    ? header(commandSize, order, [
        [0, 4, 0x19],
        [4, 4, commandSize],
        [24, 8, dataAddress],
        [40, 8, pageSize],
        [48, 8, pageSize],
        [60, 4, 3],
        [64, 4, 1],
        [72 + 32, 8, dataAddress],
        [72 + 40, 8, content.length],
        [72 + 48, 4, pageSize],
      ])
    : header(commandSize, order, [
        [0, 4, 0x1],
        [4, 4, commandSize],
        [24, 4, dataAddress],
        [32, 4, pageSize],
        [36, 4, pageSize],
        [44, 4, 3],
        [48, 4, 1],
        [56 + 32, 4, dataAddress],
        [56 + 36, 4, content.length],
        [56 + 40, 4, pageSize],
      ])
  command.write('__DATA', 8)
  command.write(section ? '__go_buildinfo' : '__data', wide ? 72 : 56)
  return Buffer.concat([page(Buffer.concat([main, command])), page(content)])
}

/** A universal binary, each slice at a page of its own. */
export function fat(slices: readonly Buffer[]): Buffer {
  let offset = pageSize
  const entries = slices.map((slice): Buffer => {
    const entry = header(20, 'big', [
      [0, 4, slice.readUInt32LE(4)],
      [4, 4, slice.readUInt32LE(8)],
      [8, 4, offset],
      [12, 4, slice.length],
    ])
    offset += Math.ceil(slice.length / pageSize) * pageSize
    return entry
  })
  const padded = slices.map((slice) =>
    Buffer.concat([slice, Buffer.alloc((pageSize - (slice.length % pageSize)) % pageSize)]),
  )
  return Buffer.concat([
    page(
      Buffer.concat([
        header(8, 'big', [
          [0, 4, 0xcafebabe],
          [4, 4, slices.length],
        ]),
        ...entries,
      ]),
    ),
    ...padded,
  ])
}

/** A section `.data` above an image base. */
export function portableExecutable({ wide }: Pick<Shape, 'wide'>, data: Data): Buffer {
  const imageBase = 0x400000
  const content = data(dataAddress)
  const optionalSize = wide ? 112 : 96
  const dos = header(64, 'little', [[60, 4, 64]])
  dos.write('MZ')
  const coff = header(24, 'little', [
    [6, 2, 1],
    [20, 2, optionalSize],
  ])
  coff.write('PE\0\0')
  const optional = header(
    optionalSize,
    'little',
    wide
      ? [
          [0, 2, 0x20b],
          [24, 8, imageBase],
        ]
      : [
          [0, 2, 0x10b],
          [28, 4, imageBase],
        ],
  )
  const section = header(40, 'little', [
    [8, 4, content.length],
    [12, 4, dataAddress - imageBase],
    [16, 4, pageSize],
    [20, 4, pageSize],
    [36, 4, 0xc0000040],
  ])
  section.write('.data')
  return Buffer.concat([page(Buffer.concat([dos, coff, optional, section])), page(content)])
}
