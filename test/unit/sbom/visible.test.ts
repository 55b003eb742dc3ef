import { expect, test } from '@jest/globals'
import type { LayerContent } from '../../../src/sbom/layer.ts'
import { visibleBinaries } from '../../../src/sbom/visible.ts'

const buildInfo = { goVersion: 'go1.26.8', dependencies: [], settings: {} }

const layer = (
  binaries: string[],
  { paths = [], removed = [], opaque = [] }: { paths?: string[]; removed?: string[]; opaque?: string[] } = {},
): LayerContent => ({
  binaries: binaries.map((path) => ({ path, sha256: '', buildInfo })),
  paths: new Set([...binaries, ...paths]),
  removed: new Set(removed),
  opaque: new Set(opaque),
  unreadable: [],
})

test.each([
  ['stays', [layer(['bin/a']), layer(['bin/b'])], [['bin/a'], ['bin/b']]],
  ['is replaced by another binary', [layer(['bin/a']), layer(['bin/a'])], [[], ['bin/a']]],
  ['is replaced by a file', [layer(['bin/a']), layer([], { paths: ['bin/a'] })], [[], []]],
  ['is removed', [layer(['bin/a']), layer([], { removed: ['bin/a'] })], [[], []]],
  ['is removed with its folder', [layer(['usr/bin/a', 'usr/b']), layer([], { removed: ['usr/bin'] })], [['usr/b'], []]],
  ['is removed with its folder, which a link replaces', [layer(['bin/a']), layer([], { paths: ['bin'] })], [[], []]],
  [
    'is hidden by an opaque folder, which has its own',
    [layer(['bin/a', 'b']), layer(['bin/c'], { opaque: ['bin'] })],
    [['b'], ['bin/c']],
  ],
  ['is hidden by an opaque root', [layer(['a']), layer(['c'], { opaque: [''] })], [[], ['c']]],
  [
    'stays beside a name that it begins with',
    [layer(['bin/ab']), layer([], { removed: ['bin/a'], opaque: ['bi'] })],
    [['bin/ab'], []],
  ],
  ['comes back', [layer(['a']), layer([], { removed: ['a'] }), layer(['a'])], [[], [], ['a']]],
])('a binary of a lower layer %s', (_, layers, expected) => {
  expect(visibleBinaries(layers).map((binaries) => binaries.map(({ path }) => path))).toEqual(expected)
})
