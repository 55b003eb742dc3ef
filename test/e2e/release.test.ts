import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runCommand } from '../../src/runner/index.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'

const root = join(import.meta.dirname, '..', '..')
const cli = join(root, 'node_modules', '.bin', 'k8s-release')

describeWith(['go', 'make', 'cosign', 'skopeo', 'crane', 'apt-get', 'docker-registry'], 'make release', () => {
  let folder: string
  let out: string
  let printed: string
  let progress: string
  let registry: TestRegistry
  let environment: Record<string, string | undefined>

  const make = () =>
    runCommand('make', ['release', `OUT=${out}`, 'VERSION=v1.2.3'], { cwd: root, environment, allowFailure: true })
  const run = (...args: string[]) => runCommand(cli, args, { cwd: folder, environment, allowFailure: true })
  const check = () =>
    runCommand('sh', ['-e', '-c', printed.slice(printed.indexOf('# every file'))], {
      environment,
      cwd: folder,
      allowFailure: true,
    })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'make-release-'))
    out = join(folder, 'the release')
    // A state folder of its own: the key pair is made by this very run.
    environment = { ...process.env, PATH: toolsPath, XDG_STATE_HOME: join(folder, 'state') }
    registry = await startRegistry('docker')
    const made = await make()
    if (made.exitCode !== 0) throw new Error(made.stdout + made.stderr)
    printed = made.stdout
    progress = made.stderr
  })

  afterAll(async () => {
    await registry?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('prints what was made, and the commands it prints accept it', async () => {
    expect(printed).toContain('hello-v1.2.3-linux-amd64.tar.gz')
    expect(printed).toMatch(/hello:v1\.2\.3 +sha256:[0-9a-f]{64}/)
    for (const program of [
      'cosign verify-blob',
      'cosign verify-blob-attestation',
      'skopeo inspect',
      'apt-get update',
    ]) {
      expect(printed).toContain(program)
    }
    const checked = await check()
    expect(checked).toMatchObject({ exitCode: 0 })
    expect(checked.stderr.match(/Verified OK/g)).toHaveLength(2)
  })

  test('the README shows what is printed', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const shown = /<!-- output -->\s+```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const mask = (text: string): string[] =>
      text
        .replaceAll(/[0-9a-f]{40,64}|[0-9a-f]{8}(?=…)/g, 'HEX')
        .replaceAll(/\d+(\.\d)? (B|kB|MB|s)\b/g, 'SIZE')
        .replaceAll(/\d+ files/g, 'N files')
        .replace(/^.*├── cosign\.pub/m, '  ├── cosign.pub')
        .split('\n')
    const printedLines = mask(`${progress}\n${printed}`).map((line) => line.replace('HEX, Go', 'HEX…, Go'))
    const readmeLines = mask(shown).filter((line) => line.trim() !== '' && !/^\s*│?\s*…$|release\//.test(line))
    expect(readmeLines.length).toBeGreaterThan(20)
    for (const line of readmeLines) expect(printedLines).toContain(line)
  })

  test('records its key pair as one made on the spot, and keeps the private half out of the release', async () => {
    const record = JSON.parse(await readFile(join(out, 'release.json'), 'utf8'))
    expect(record.evidence.length).toBeGreaterThan(40)
    for (const { signer } of record.evidence) expect(signer).toMatchObject({ kind: 'key', origin: 'local' })
    const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    for (const entry of files) {
      const path = join(entry.parentPath, entry.name)
      if ((await stat(path)).size < 100_000) expect(await readFile(path, 'latin1')).not.toContain('PRIVATE KEY')
    }
  })

  test('a second run changes nothing', async () => {
    const before = await readFile(join(out, 'release.json'))
    const evidence = await stat(join(out, 'evidence', 'provenance.sigstore.json'))
    const again = await make()
    expect(again).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(out, 'release.json'))).toEqual(before)
    expect((await stat(join(out, 'evidence', 'provenance.sigstore.json'))).mtimeMs).toBe(evidence.mtimeMs)
  })

  test('its image is verified by cosign and read by crane after promotion to a registry', async () => {
    const promoted = await run('promote', '--release', out, '--to', `${registry.host}/project`)
    expect(promoted).toMatchObject({ exitCode: 0 })
    const image = `${registry.host}/project/hello:v1.2.3`
    const key = join(out, 'cosign.pub')
    const trust = ['--key', key, '--insecure-ignore-tlog', '--allow-http-registry']
    await runCommand(tool('cosign'), ['verify', ...trust, image], { environment })
    await runCommand(tool('cosign'), ['verify-attestation', ...trust, '--type', 'slsaprovenance1', image], {
      environment,
    })
    await runCommand(tool('crane'), ['validate', '--remote', image], { environment })
    const { stdout } = await runCommand(tool('crane'), ['manifest', '--platform', 'linux/s390x', image], {
      environment,
    })
    const digest = `${registry.host}/project/hello@${await digestOf(image, 'linux/s390x')}`
    expect(JSON.parse(stdout)).toHaveProperty('layers')
    await runCommand(tool('cosign'), ['verify', ...trust, digest], { environment })
    await runCommand(tool('cosign'), ['verify-attestation', ...trust, '--type', 'spdxjson', digest], { environment })
    await runCommand('skopeo', ['inspect', '--tls-verify=false', `docker://${image}`], { environment })
  })

  const digestOf = async (image: string, platform: string): Promise<string> =>
    (await runCommand(tool('crane'), ['digest', '--platform', platform, image], { environment })).stdout.trim()

  test('with a key of the user, cosign verifies each file by it', async () => {
    const keys = join(folder, 'keys')
    await runCommand('mkdir', [keys])
    const password = { ...environment, COSIGN_PASSWORD: 'correct horse' }
    await runCommand(tool('cosign'), ['generate-key-pair'], { cwd: keys, environment: password })
    const file = join(out, 'files', 'hello-linux-amd64')
    const signed = await runCommand(cli, ['sign', '--files', file, '--key', join(keys, 'cosign.key')], {
      environment: password,
    })
    expect(signed.exitCode).toBe(0)
    const verify = [
      'verify-blob',
      '--key',
      join(keys, 'cosign.pub'),
      '--insecure-ignore-tlog',
      '--bundle',
      `${file}.sigstore.json`,
    ]
    await runCommand(tool('cosign'), [...verify, file], { environment })
    const other = await runCommand(tool('cosign'), [...verify, `${file}.spdx.json`], {
      environment,
      allowFailure: true,
    })
    expect(other.exitCode).not.toBe(0)
    await rm(`${file}.sigstore.json`)
  })

  test('killed at any moment, the next run completes it', async () => {
    for (const delay of [150, 1500, 4000]) {
      const target = join(folder, 'killed')
      const args = ['release', '--project', 'examples/hello', '--out', target, '--version', 'v1.2.3']
      const child = spawn(cli, args, { cwd: root, env: environment, stdio: 'ignore' })
      const exited = once(child, 'exit')
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, delay))])
      child.kill('SIGKILL')
      await exited
      const again = await runCommand(cli, args, { cwd: root, environment, allowFailure: true })
      expect(again).toMatchObject({ exitCode: 0 })
    }
  })

  test('what was tampered with is accepted neither by the printed commands nor by verify', async () => {
    await appendFile(join(out, 'published', 'files', 'hello-linux-arm64'), 'x')
    expect((await check()).exitCode).not.toBe(0)
    await appendFile(join(out, 'files', 'hello-linux-arm64'), 'x')
    const verified = await run('verify', '--release', out)
    expect(verified.exitCode).toBe(1)
    expect(verified.stderr).toContain('hello-linux-arm64')
  })
})
