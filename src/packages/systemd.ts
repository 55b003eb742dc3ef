import type { PackageEntry } from './package.ts'

/** A unit file of systemd.unit(5). */
export interface SystemdUnit {
  /** `hello.service`. */
  readonly name: string
  readonly text: string
}

/** A template (`hello@.service`) is started by its instances only. */
export const isTemplate = (unit: SystemdUnit): boolean => /@\.[a-z]+$/.test(unit.name)

/** Whether `systemctl enable` has something to do: only a unit that says what wants it can be enabled. */
export const isInstallable = (unit: SystemdUnit): boolean => /^\[Install\]\s*$/m.test(unit.text)

/** The units as files of a package, in the folder where the format's tools look for them. */
export const unitEntries = (units: readonly SystemdUnit[], folder: string): PackageEntry[] =>
  units.map((unit) => ({
    path: `${folder}/${unit.name}`,
    mode: 0o644,
    kind: 'plain',
    content: { bytes: Buffer.from(unit.text) },
  }))
