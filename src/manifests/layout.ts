import { UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'

/** Where things are in the text of a manifest, to add others in the same style. Offsets are of the text. */
export interface ManifestLayout {
  readonly images: ListPlace
  readonly entries: readonly ImagePlace[]
}

interface Place {
  readonly node: unknown
  readonly start: number
  readonly end: number
}

/** The list of images: absent, empty, `[…]` or lines with a dash. */
export interface ListPlace extends Place {
  readonly isPlain: boolean
  /** Where the key of the list ends, in a plain manifest that has it. */
  readonly keyEnd: number | undefined
}

export interface ImagePlace extends Place {
  readonly name: string
  readonly dmap: Place & { readonly keyEnd: number }
  readonly digests: readonly DigestPlace[]
}

export interface DigestPlace {
  readonly digest: string
  readonly key: Place
  readonly tags: Place & { readonly items: readonly (Place & { readonly text: string })[] }
}

/** Reads where the images of a manifest are; the text was parsed before and is in order. */
export function readLayout(yaml: StrictYaml, isPlain: boolean): ManifestLayout {
  const place = (node: unknown): Place => ({ node, ...yaml.range(node) })
  const pair = (node: unknown, wanted: string): { keyEnd: number; value: unknown } | undefined => {
    const found = yaml.entries(node, 'a map').find(({ key }) => key === wanted)
    return found && { keyEnd: yaml.range(found.keyNode).end, value: found.value }
  }
  const list = isPlain ? pair(yaml.root, 'images') : { keyEnd: undefined, value: yaml.root }
  const entries = yaml.list(list?.value, 'images').map((item) => {
    const dmap = pair(item, 'dmap')
    if (!dmap) throw new UserError('an image has no dmap', { location: yaml.locate(item) })
    return {
      ...place(item),
      name: yaml.text(pair(item, 'name')?.value, 'name') ?? '',
      dmap: { ...place(dmap.value), keyEnd: dmap.keyEnd },
      digests: yaml.entries(dmap.value, 'dmap').map(({ key, keyNode, value }) => ({
        digest: key,
        key: place(keyNode),
        tags: {
          ...place(value),
          items: yaml.list(value, 'tags').map((tag) => ({ ...place(tag), text: yaml.text(tag, 'a tag') ?? '' })),
        },
      })),
    }
  })
  return { images: { ...place(list?.value), isPlain, keyEnd: list?.keyEnd }, entries }
}
