import type { LayerBinary, LayerContent } from './layer.ts'

/** The binaries of each layer that the image shows: a later layer may replace or remove those of an earlier one. */
export function visibleBinaries(layers: readonly LayerContent[]): LayerBinary[][] {
  return layers.map((layer, index) => {
    const later = layers.slice(index + 1)
    return layer.binaries.filter(({ path }) => !later.some((each) => hides(each, path)))
  })
}

function hides(layer: LayerContent, path: string): boolean {
  const directories = path.split('/').slice(0, -1)
  const ancestors = ['', ...directories.map((_, index) => directories.slice(0, index + 1).join('/'))]
  return (
    ancestors.some((each) => layer.opaque.has(each)) ||
    [...ancestors, path].some((each) => layer.removed.has(each) || layer.paths.has(each))
  )
}
