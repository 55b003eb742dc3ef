import { FailedItems, mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import type { Store } from '../../storage/index.ts'
import { type MarkerMove, markerNames, planMarkers } from './markers.ts'

/** What the markers that a version concerns say now, by name. @throws UserError when the store cannot be read */
export async function observeMarkers(version: string, store: Store): Promise<ReadonlyMap<string, string>> {
  const found = await mapConcurrently(markerNames(version), 6, async (name) => {
    const document = await store.readDocument(name)
    return document ? [[name, document.text] as const] : []
  })
  return new Map(found.flat())
}

/**
 * Moves the markers forward to a version, and reads each back. Each is written only over what was read, so that of two
 * releases at the same time the newer one stays. Call it when everything that the version has is there.
 * @returns what was moved
 * @throws FailedItems that names every marker that could not be moved
 */
export async function applyMarkers(version: string, store: Store, step: Step): Promise<readonly MarkerMove[]> {
  const moves: MarkerMove[] = []
  const failures: UserError[] = []
  // One after the other: the narrow marker is there before the wide one points the same way.
  for (const name of markerNames(version)) {
    step.signal.throwIfAborted()
    try {
      const move = await moveMarker(name, version, store)
      if (move) moves.push(move)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new FailedItems('Version markers that cannot be moved', failures)
  return moves
}

/** More than there can be releases at the same moment. */
const mostRaces = 50

async function moveMarker(name: string, version: string, store: Store): Promise<MarkerMove | undefined> {
  for (let races = 0; races < mostRaces; races++) {
    const found = await store.readDocument(name)
    const move = moveOf(name, version, found?.text)
    if (!move) return undefined
    // As Kubernetes writes them, without a line end.
    if (!(await store.replaceDocument(name, version, found))) continue
    const now = (await store.readDocument(name))?.text
    if (now !== undefined && !moveOf(name, version, now)) return move
    throw new UserError(`${store.address}: ${name} was written, but says '${now?.slice(0, 100) ?? ''}'`, {
      hint: 'Another process writes it without looking; run it again.',
    })
  }
  throw new UserError(`${store.address}: ${name} is written by others all the time`, { hint: 'Run it again.' })
}

const moveOf = (name: string, version: string, text: string | undefined): MarkerMove | undefined =>
  planMarkers(version, new Map(text === undefined ? [] : [[name, text]])).find((move) => move.name === name)
