import { type ScriptName, scriptNames } from '../package.ts'
import { joinScript, userScript } from '../script.ts'
import { isInstallable, isTemplate, type SystemdUnit } from '../systemd.ts'

/** Name of each script in the control archive. */
export const maintainerScripts: Readonly<Record<ScriptName, string>> = {
  preinstall: 'preinst',
  postinstall: 'postinst',
  preremove: 'prerm',
  postremove: 'postrm',
}

/**
 * The maintainer scripts (Debian Policy 6): the project's own, and what its units need. A unit is enabled and started when
 * it is installed, as Debian's packages do, unless the administrator said otherwise; deb-systemd-helper remembers that.
 */
export function debScripts(
  own: Readonly<Partial<Record<ScriptName, string>>>,
  units: readonly SystemdUnit[],
): Partial<Record<ScriptName, string>> {
  const startable = units.filter((unit) => !isTemplate(unit)).map((unit) => unit.name)
  const installable = units.filter((unit) => !isTemplate(unit) && isInstallable(unit)).map((unit) => unit.name)
  const scripts: Partial<Record<ScriptName, string>> = {}
  for (const name of scriptNames) {
    const ownPart = userScript(own[name])
    const unitPart = units.length > 0 ? unitParts[name](installable, startable) : []
    // A service stops before the project's script takes away what it stands on.
    const parts = name === 'preremove' ? [...unitPart, ...ownPart] : [...ownPart, ...unitPart]
    if (parts.length > 0) scripts[name] = joinScript(['#!/bin/sh', 'set -e', ...parts])
  }
  return scripts
}

// DPKG_ROOT is set when dpkg installs into another root, whose systemd does not run.
const running = '[ -z "$DPKG_ROOT" ] && [ -d /run/systemd/system ]'

const unitParts: Readonly<Record<ScriptName, (installable: string[], startable: string[]) => string[]>> = {
  preinstall: () => [],
  postinstall: (installable, startable) => [
    'case "$1" in',
    'configure | abort-upgrade | abort-deconfigure | abort-remove)',
    ...installable.flatMap((unit) => [
      `  deb-systemd-helper unmask '${unit}' >/dev/null || true`,
      `  if deb-systemd-helper --quiet was-enabled '${unit}'; then`,
      `    deb-systemd-helper enable '${unit}' >/dev/null || true`,
      '  else',
      `    deb-systemd-helper update-state '${unit}' >/dev/null || true`,
      '  fi',
    ]),
    `  if ${running}; then`,
    '    systemctl --system daemon-reload >/dev/null || true',
    ...(startable.length > 0
      ? [
          '    if [ -n "$2" ]; then action=restart; else action=start; fi',
          `    deb-systemd-invoke "$action" ${quoted(startable)} >/dev/null || true`,
        ]
      : []),
    '  fi',
    '  ;;',
    'esac',
  ],
  preremove: (_, startable) =>
    startable.length > 0
      ? [
          `if ${running} && [ "$1" = remove ]; then`,
          `  deb-systemd-invoke stop ${quoted(startable)} >/dev/null || true`,
          'fi',
        ]
      : [],
  postremove: (installable) => [
    `if ${running} && [ "$1" = remove ]; then`,
    '  systemctl --system daemon-reload >/dev/null || true',
    'fi',
    ...(installable.length > 0
      ? [
          'if [ "$1" = purge ] && command -v deb-systemd-helper >/dev/null; then',
          `  deb-systemd-helper purge ${quoted(installable)} >/dev/null || true`,
          'fi',
        ]
      : []),
  ],
}

const quoted = (units: readonly string[]): string => units.map((unit) => `'${unit}'`).join(' ')
