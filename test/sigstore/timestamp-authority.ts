import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningServer, StartFailure, startServer } from './process.ts'

const patience = 120_000

export const timestampUrl = (port: number): string => `http://127.0.0.1:${port}/api/v1/timestamp`

/** The server's metrics have a port of their own that cannot be chosen; it is waited for until another test is done. */
export async function startTimestampAuthority(folder: string, port: number): Promise<RunningServer> {
  const end = Date.now() + patience
  for (;;) {
    try {
      const server = await startServer(
        'timestamp-server',
        ['serve', '--host=127.0.0.1', `--port=${port}`, '--timestamp-signer=memory', '--disable-ntp-monitoring'],
        { folder, health: `http://127.0.0.1:${port}/ping` },
      )
      // It may have answered a moment before it found the port of its metrics taken.
      await sleep(100)
      if (server.isRunning()) return server
    } catch (error) {
      const taken = error instanceof StartFailure && error.message.includes('address already in use')
      if (!taken || Date.now() > end) throw error
    }
    await sleep(500)
  }
}
