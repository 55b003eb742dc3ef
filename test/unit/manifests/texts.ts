import type { ManifestTexts } from '../../../src/manifests/texts.ts'

/** A digest of one repeated digit. */
export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`

export const registries = (source: string, ...destinations: readonly string[]): string =>
  `registries:\n- name: ${source}\n  src: true\n${destinations.map((name) => `- name: ${name}\n`).join('')}`

export const treeOf = (files: Readonly<Record<string, string>>): ManifestTexts =>
  new Map(Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)))

/** A tree of image manifests: for each project its registries and its images. */
export const thinTree = (projects: Readonly<Record<string, readonly [string, string]>>): ManifestTexts =>
  treeOf(
    Object.fromEntries(
      Object.entries(projects).flatMap(([project, [manifest, images]]) => [
        [`manifests/${project}/promoter-manifest.yaml`, manifest],
        [`images/${project}/images.yaml`, images],
      ]),
    ),
  )
