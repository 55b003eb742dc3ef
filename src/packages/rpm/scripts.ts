import { type ScriptName, scriptNames } from '../package.ts'
import { joinScript, userScript } from '../script.ts'
import { isInstallable, isTemplate, type SystemdUnit } from '../systemd.ts'

/**
 * The scriptlets: the project's own, and what its units need. A unit is enabled when the system's preset says so. On an
 * upgrade rpm runs the old package's scriptlets after the new one's; `$1`, the number of versions that stay, tells an upgrade
 * from a removal.
 */
export function rpmScripts(
  own: Readonly<Partial<Record<ScriptName, string>>>,
  units: readonly SystemdUnit[],
): Partial<Record<ScriptName, string>> {
  const scripts: Partial<Record<ScriptName, string>> = {}
  for (const name of scriptNames) {
    // rpm looks at the exit of the last command only.
    const ownPart = own[name] === undefined ? [] : [...userScript(own[name]), '[ $? -eq 0 ] || exit 1']
    const unitPart = unitParts[name](units)
    const parts = name === 'preremove' ? [...unitPart, ...ownPart] : [...ownPart, ...unitPart]
    if (parts.length > 0) scripts[name] = joinScript(parts)
  }
  return scripts
}

const unitParts: Readonly<Record<ScriptName, (units: readonly SystemdUnit[]) => string[]>> = {
  preinstall: () => [],
  postinstall: (units) => {
    const installable = units.filter(isInstallable)
    return [
      ...(installable.length > 0
        ? [
            'if [ "$1" -eq 1 ] && command -v systemctl >/dev/null 2>&1; then',
            `  systemctl --no-reload preset ${quoted(installable)} >/dev/null 2>&1 || :`,
            'fi',
          ]
        : []),
      ...(units.length > 0 ? daemonReload : []),
    ]
  },
  preremove: (units) => {
    const startable = units.filter((unit) => !isTemplate(unit))
    if (startable.length === 0) return []
    return [
      'if [ "$1" -eq 0 ] && command -v systemctl >/dev/null 2>&1; then',
      `  systemctl --no-reload disable --now ${quoted(startable)} >/dev/null 2>&1 || :`,
      'fi',
    ]
  },
  postremove: (units) => {
    const startable = units.filter((unit) => !isTemplate(unit))
    return [
      ...(units.length > 0 ? daemonReload : []),
      ...(startable.length > 0
        ? [
            'if [ "$1" -ge 1 ] && [ -d /run/systemd/system ]; then',
            `  systemctl try-restart ${quoted(startable)} >/dev/null 2>&1 || :`,
            'fi',
          ]
        : []),
    ]
  },
}

const daemonReload = [
  'if [ -d /run/systemd/system ]; then',
  '  systemctl --system daemon-reload >/dev/null 2>&1 || :',
  'fi',
]

const quoted = (units: readonly SystemdUnit[]): string => units.map((unit) => `'${unit.name}'`).join(' ')
