import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const shownEntries = 60

/** A folder as a tree with sizes; blobs, evidence and long folders are counted instead of listed. */
export async function directoryTree(directory: string, shown: string): Promise<string> {
  return [`${shown}/`, ...(await branch(directory, ''))].join('\n')
}

async function branch(directory: string, indent: string): Promise<string[]> {
  const entries = (await readdir(directory, { withFileTypes: true })).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  )
  const lines: string[] = []
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1
    const path = join(directory, entry.name)
    const start = `${indent}${last ? '└── ' : '├── '}${entry.name}`
    if (!entry.isDirectory()) lines.push(`${start}  ${formatSize((await stat(path)).size)}`)
    else if (await isCounted(path, entry.name)) lines.push(`${start}/  ${await countFiles(path)}`)
    else lines.push(`${start}/`, ...(await branch(path, `${indent}${last ? '    ' : '│   '}`)))
  }
  return lines
}

async function isCounted(path: string, name: string): Promise<boolean> {
  return ['blobs', 'evidence', 'by-hash'].includes(name) || (await readdir(path)).length > shownEntries
}

async function countFiles(directory: string): Promise<string> {
  const entries = (await readdir(directory, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile())
  const sizes = await Promise.all(entries.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size))
  return `${entries.length} files, ${formatSize(sizes.reduce((sum, size) => sum + size, 0))}`
}

function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
