import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly link?: boolean
}

/**
 * Name, version, license and license text of every package that can be in the bundle: all that package-lock.json
 * lists as needed at run time. ncc's own list leaves most of them out.
 */
export async function licenseTexts(root: string): Promise<string> {
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  )
  const sections: string[] = []
  for (const [path, entry] of Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (path === '' || entry.dev || entry.optional || entry.link) continue
    const name = relative('node_modules', path).split('node_modules/').pop() ?? path
    const text = await licenseText(join(root, path))
    sections.push(`${name} ${entry.version ?? ''}\n${entry.license ?? 'license not declared'}\n${text}`)
  }
  return `${sections.join('\n\n')}\n`
}

async function licenseText(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => text.trim().replaceAll('\r\n', '\n')).join('\n\n')
}
