import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How large a tree to write; registry.k8s.io has 75 projects, 20,000 digests and 22 regions. */
export interface TreeSize {
  readonly projects: number
  readonly digests: number
  readonly regions: number
}

/**
 * Writes a thin tree of promoter manifests that looks like registry.k8s.io's: projects of very different sizes, several
 * images each, 18 tags for 11 digests. The same size gives the same bytes, and lint finds nothing in it.
 */
export async function writeManifestTree(folder: string, { projects, digests, regions }: TreeSize): Promise<void> {
  const shares = sharesOf(projects, digests)
  let first = 0
  for (const [index, amount] of shares.entries()) {
    const project = `k8s-staging-project-${String(index).padStart(3, '0')}`
    const manifests = join(folder, 'manifests', project)
    const images = join(folder, 'images', project)
    await Promise.all([mkdir(manifests, { recursive: true }), mkdir(images, { recursive: true })])
    await writeFile(join(manifests, 'promoter-manifest.yaml'), registriesOf(project, regions))
    await writeFile(join(images, 'images.yaml'), imagesOf(project, { first, amount }))
    first += amount
  }
}

/** Google's regions and multi-regions, as far as they are needed. */
const regionOf = (index: number): string => `region-${String(index + 1).padStart(2, '0')}`

function registriesOf(project: string, regions: number): string {
  const destinations = Array.from(
    { length: regions },
    (_, index) => `- name: ${regionOf(index)}-docker.pkg.dev/k8s-artifacts-prod/images/${project}
  service-account: k8s-infra-gcr-promoter@k8s-artifacts-prod.iam.gserviceaccount.com`,
  )
  return `# Written by a generator.
registries:
- name: gcr.io/${project}
  src: true
${destinations.join('\n')}
`
}

/** Half of all digests are in a tenth of the projects, as it is in the real tree. */
function sharesOf(projects: number, digests: number): number[] {
  const weights = Array.from({ length: projects }, (_, index) => (index % 10 === 0 ? 9 : 1))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const shares = weights.map((weight) => Math.floor((digests * weight) / sum))
  const rest = digests - shares.reduce((total, share) => total + share, 0)
  return shares.map((share, index) => share + (index < rest ? 1 : 0))
}

const digestsInImage = 40

/** @param first number of the first digest in the whole tree, of which 7 of 11 have a second tag */
function imagesOf(project: string, { first, amount }: { readonly first: number; readonly amount: number }): string {
  const lines: string[] = []
  for (let index = 0; index < amount; index++) {
    const release = index % digestsInImage
    if (release === 0) lines.push(`- name: image-${String(index / digestsInImage).padStart(4, '0')}`, '  dmap:')
    const digest = createHash('sha256').update(`${project} ${index}`).digest('hex')
    const tags = [`v1.${release}.0`, ...((first + index) % 11 < 7 ? [`v1.${release}.0-build.${index}`] : [])]
    lines.push(`    "sha256:${digest}": [${tags.map((tag) => `"${tag}"`).join(', ')}]`)
  }
  return `${lines.join('\n')}\n`
}
