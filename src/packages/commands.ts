import { formatPlatform, type Platform } from '../oci/index.ts'
import { type FileSubject, fileSubjects, type ReleaseRecord } from '../release/index.ts'

/** The commands that a release has for one platform, by name. */
export interface PlatformCommands {
  readonly platform: Platform
  readonly commands: ReadonlyMap<string, FileSubject>
}

/** The commands of a release for Linux: its binaries, whose names end with their platform (`hello-linux-armv7`). */
export function linuxCommands(record: ReleaseRecord): PlatformCommands[] {
  const byPlatform = new Map<string, { platform: Platform; commands: Map<string, FileSubject> }>()
  for (const subject of fileSubjects(record, 'binary')) {
    const { platform } = subject
    if (platform?.os !== 'linux') continue
    const key = formatPlatform(platform)
    const entry = byPlatform.get(key) ?? { platform, commands: new Map<string, FileSubject>() }
    byPlatform.set(key, entry)
    entry.commands.set(commandName(subject.name, platform), subject)
  }
  return [...byPlatform.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry)
}

// The variant follows the architecture as Go names it: `armv7`.
function commandName(name: string, { os, architecture, variant = '' }: Platform): string {
  const suffix = `-${os}-${architecture}${variant}`
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}
