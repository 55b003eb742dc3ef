/** Runs work that holds so many bytes in memory, as soon as there is room for it. */
export type ByteGate = <Result>(bytes: number, work: () => Promise<Result>) => Promise<Result>

/** @param limit bytes that all work under way may hold together; larger work runs alone */
export function byteGate(limit: number): ByteGate {
  let held = 0
  const waiting: (() => void)[] = []
  return async (bytes, work) => {
    const share = Math.min(bytes, limit)
    while (held + share > limit) await new Promise<void>((resolve) => waiting.push(resolve))
    held += share
    try {
      return await work()
    } finally {
      held -= share
      for (const wake of waiting.splice(0)) wake()
    }
  }
}
