/** Aborted by SIGINT or SIGTERM, so that a cancelled step stops between two items; a second signal ends the process. */
export function cancellation(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      process.exitCode = name === 'SIGINT' ? 130 : 143
      controller.abort(new Error(`cancelled by ${name}`))
    })
  }
  return controller.signal
}
