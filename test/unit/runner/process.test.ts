import { expect, test } from '@jest/globals'
import { FailedItems, mapConcurrently, runCommand, suggest, UserError } from '../../../src/runner/index.ts'

test('runs a program without a shell and hands over its input', async () => {
  const script = 'process.stdin.pipe(process.stdout); console.error(process.argv[1])'
  const result = await runCommand(process.execPath, ['-e', script, '$(id); `id`'], { input: 'bytes' })
  expect(result).toEqual({ exitCode: 0, stdout: 'bytes', stderr: '$(id); `id`\n' })
})

test('a failing program is an error that ends with what it said', async () => {
  const failing = ['-e', 'console.error("no such thing"); process.exit(3)']
  await expect(runCommand(process.execPath, failing)).rejects.toThrow(/exited with 3:\nno such thing/)
  await expect(runCommand(process.execPath, failing, { allowFailure: true })).resolves.toMatchObject({ exitCode: 3 })
  await expect(runCommand('no-such-program-anywhere', [])).rejects.toThrow('was not found')
})

test('maps with bounded concurrency, in order, and stops starting after a failure', async () => {
  let running = 0
  let peak = 0
  const started: number[] = []
  const body = async (item: number): Promise<number> => {
    started.push(item)
    peak = Math.max(peak, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    if (item === 4) throw new UserError('four')
    return item * 2
  }
  expect(await mapConcurrently([1, 2, 3], 2, body)).toEqual([2, 4, 6])
  expect(peak).toBe(2)
  started.length = 0
  await expect(mapConcurrently([4, 5, 6, 7, 8, 9], 2, body)).rejects.toThrow('four')
  expect(started.length).toBeLessThan(6)
})

test('suggests only what is near', () => {
  expect(suggest('platfroms', ['platforms', 'version'])).toBe('platforms')
  expect(suggest('zzz', ['platforms', 'version'])).toBeUndefined()
})

test('failed items are each named', () => {
  const error = new FailedItems('Signing', [new UserError('a is missing', { hint: 'make it' }), new Error('b broke')])
  expect(error.message).toBe('Signing: 2 failed\n- a is missing\n  make it\n- b broke')
})
