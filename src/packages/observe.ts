import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, posix, relative, resolve, sep } from 'node:path'
import { UserError } from '../errors/index.ts'
import { hashFile } from '../release/index.ts'
import { findFiles, type Step } from '../runner/index.ts'
import { type License, readLicense } from './license.ts'
import { type PackageEntry, type PerFormat, packageFormats, type ScriptName, scriptNames } from './package.ts'
import type { FileSpec, PackageSpec } from './spec.ts'
import type { SystemdUnit } from './systemd.ts'

/** What a project holds for its packages. */
export interface ProjectContents {
  readonly license: FromProject<License> | undefined
  /** By the name of the package. */
  readonly packages: ReadonlyMap<string, PackageContents>
}

/** Something with the path of its file, relative to the project and with forward slashes. */
type FromProject<Item> = Item & { readonly source: string }

/** What a project holds for one package, beside the commands of the release. */
export interface PackageContents {
  readonly entries: readonly FromProject<PackageEntry & { readonly sha256: string }>[]
  readonly units: readonly FromProject<SystemdUnit>[]
  /** Text of the scripts. */
  readonly scripts: PerFormat<Readonly<Partial<Record<ScriptName, string>>>>
}

const licenseNames = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'COPYING']

/**
 * Finds the files that the specs name below the project.
 * @throws UserError when one is missing or lies outside the project
 */
export async function observeProject(
  project: string,
  specs: readonly PackageSpec[],
  step: Step,
): Promise<ProjectContents> {
  const packages = new Map<string, PackageContents>()
  for (const spec of specs) {
    packages.set(spec.name, {
      entries: (await Promise.all(spec.files.map((file) => entriesOf(project, file, step)))).flat(),
      units: await Promise.all(spec.systemdUnits.map((path) => unitOf(project, path, spec))),
      scripts: await scriptsOf(project, spec),
    })
  }
  return { license: await licenseOf(project), packages }
}

async function entriesOf(project: string, spec: FileSpec, step: Step): Promise<PackageContents['entries']> {
  const sources = await findFiles([spec.source], step, project).catch((error: unknown) => {
    throw error instanceof UserError ? new UserError(`${spec.place}.source: ${error.message}`, { cause: error }) : error
  })
  const toFolder = spec.destination.endsWith('/')
  if (sources.length !== 1 && !toFolder) {
    throw new UserError(`${spec.place}.source: '${spec.source}' finds ${sources.length} files for one destination`, {
      hint: `End the destination with '/' to make it a folder: ${spec.destination}/`,
    })
  }
  return Promise.all(
    sources.map(async (source) => {
      const { file, executable } = await projectFile(project, source, `${spec.place}.source`)
      const path = toFolder ? posix.join(spec.destination, installedName(source, spec)) : spec.destination
      const { size, sha256 } = await hashFile(file)
      return {
        source: relative(project, source).split(sep).join('/'),
        sha256,
        path,
        mode: spec.mode ?? (executable ? 0o755 : 0o644),
        kind: kindOf(path, spec),
        content: { file, size, sha256 },
      }
    }),
  )
}

const documentFolders = ['/usr/share/doc/', '/usr/share/man/', '/usr/share/info/']

function kindOf(path: string, { config }: FileSpec): PackageEntry['kind'] {
  if (config ?? path.startsWith('/etc/')) return 'config'
  if (path.startsWith('/usr/share/licenses/')) return 'license'
  return documentFolders.some((folder) => path.startsWith(folder)) ? 'documentation' : 'plain'
}

function installedName(source: string, spec: FileSpec): string {
  const name = basename(source)
  // Control files of both formats list paths a line, and rpm's has no way to write these.
  if (!/^[A-Za-z0-9_.+@:~,=%-]+$/.test(name)) {
    throw new UserError(`${spec.place}.source: the name '${name}' cannot be installed`, {
      hint: 'Names may hold letters, digits and _ . + @ : ~ , = % -',
    })
  }
  return name
}

async function unitOf(project: string, path: string, spec: PackageSpec): Promise<FromProject<SystemdUnit>> {
  const place = `${spec.place}.systemd-units`
  const text = await documentText(project, path, place)
  return { name: basename(path), text, source: path }
}

async function scriptsOf(project: string, spec: PackageSpec): Promise<PackageContents['scripts']> {
  const texts: Record<(typeof packageFormats)[number], Partial<Record<ScriptName, string>>> = { deb: {}, rpm: {} }
  for (const format of packageFormats) {
    for (const name of scriptNames) {
      const path = spec.scripts[format][name]
      if (path === undefined) continue
      const place = `${spec.place}.scripts.${name}`
      const text = await documentText(project, path, place)
      if (text.startsWith('#!') && !/^#! ?\/bin\/sh( -e)?\r?\n/.test(text)) {
        throw new UserError(`${place}: ${path} is not a script of /bin/sh`, {
          hint: 'It runs on machines where nothing else need be installed: begin it with #!/bin/sh.',
        })
      }
      texts[format][name] = text
    }
  }
  return texts
}

async function licenseOf(project: string): Promise<ProjectContents['license']> {
  for (const name of licenseNames) {
    const text = await readFile(join(project, name), 'utf8').catch(() => undefined)
    if (text !== undefined) return { ...readLicense(text), source: name }
  }
  return undefined
}

async function documentText(project: string, path: string, place: string): Promise<string> {
  const { file } = await projectFile(project, resolve(project, path), place)
  return readFile(file, 'utf8')
}

// A spec is the project's own, but a link or `..` in it must not bring a file of the building machine into a package.
async function projectFile(
  project: string,
  path: string,
  place: string,
): Promise<{ file: string; executable: boolean }> {
  const found = await realpath(path).catch(() => undefined)
  const status = found === undefined ? undefined : await stat(found)
  if (found === undefined || !status?.isFile()) {
    throw new UserError(`${place}: no file ${relative(project, path)} in ${project}`)
  }
  const inside = relative(await realpath(project), found)
  if (inside === '..' || inside.startsWith(`..${sep}`)) {
    throw new UserError(`${place}: ${relative(project, path)} lies outside the project`)
  }
  return { file: found, executable: (status.mode & 0o111) !== 0 }
}
