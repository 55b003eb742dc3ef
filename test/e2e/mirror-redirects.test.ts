import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeRedirects } from '../../src/mirrors/index.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'
import { policyText } from '../unit/mirrors/policy-text.ts'

const hex = 'a'.repeat(64)
const headers = { cloud: 'X-Client-Cloud', region: 'X-Client-Region', client: 'X-Client-Address' }

interface Answer {
  readonly status: number
  readonly location: string | undefined
}

describeWith(['nginx'], 'redirects in nginx', () => {
  let folder: string
  let server: ChildProcess
  const socket = (): string => join(folder, 'nginx.sock')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nginx-'))
    await writeFile(join(folder, 'mirrors.yaml'), policyText)
    await writeRedirects(
      {
        mirrors: join(folder, 'mirrors.yaml'),
        output: join(folder, 'redirects'),
        cloudHeader: headers.cloud,
        regionHeader: headers.region,
        clientHeader: headers.client,
        listen: `unix:${socket()}`,
        dryRun: false,
      },
      testStep({ workspace: folder }),
    )
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    await writeFile(
      join(folder, 'main.conf'),
      `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events { worker_connections 64; }
http {
  access_log off;
${temporary.map((kind) => `  ${kind}_temp_path ${folder}/${kind};`).join('\n')}
  include ${folder}/redirects/nginx.conf;
}
`,
    )
    server = spawn(tool('nginx'), ['-c', join(folder, 'main.conf'), '-p', folder, '-e', 'stderr'])
    let said = ''
    server.stderr?.on('data', (chunk) => {
      said += chunk
    })
    while (!existsSync(socket())) {
      if (server.exitCode !== null) throw new Error(`nginx did not start: ${said}`)
      await wait(10)
    }
  })
  afterAll(async () => {
    const exited = once(server, 'exit')
    server.kill()
    await exited
    await rm(folder, { recursive: true })
  })

  function ask(path: string, given: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: socket(), path, headers: given, method }, (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location })
      })
      sent.on('error', reject)
      sent.end()
    })
  }
  const from = (cloud: string, region: string, client = '192.0.2.1') => ({
    [headers.cloud]: cloud,
    [headers.region]: region,
    [headers.client]: client,
  })
  const hostFor = async (
    given: Readonly<Record<string, string>>,
    path = '/v2/pause/manifests/3.10',
  ): Promise<string> => {
    const { status, location = '' } = await ask(path, given)
    expect(status).toBe(307)
    return new URL(location).host.replace('111122223333.dkr.ecr.', '')
  }

  test.each([
    ['google', 'europe-west1', 'europe-west1-docker.pkg.dev', 'its own mirror'],
    ['google', 'us-west1', 'us-central1-docker.pkg.dev', 'the mirror that serves it'],
    ['aws', 'eu-west-1', 'eu-central-1.amazonaws.com', 'another near the drained one'],
    ['aws', 'eu-west-2', 'eu-central-1.amazonaws.com', 'another near the drained one that served it'],
    ['google', 'europe-southwest1', 'europe-west1-docker.pkg.dev', 'one near it, as no mirror serves it'],
    ['aws', 'sa-east-1', 'us-east-1.amazonaws.com', 'the front of the vendor, as none is near'],
    ['AWS', 'EU-CENTRAL-1', 'eu-central-1.amazonaws.com', 'its mirror, however it is written'],
    ['google', '', 'us-central1-docker.pkg.dev', 'the front of the vendor, as the region is unknown'],
  ])('a client in %s %s comes to %s: %s', async (cloud, region, host) => {
    expect(await hostFor(from(cloud, region))).toBe(host)
  })

  test('clients of another cloud are shared out as the policy says, each always to the same vendor', async () => {
    const clients = Array.from({ length: 2000 }, (_, index) => `2001:db8::${index.toString(16)}`)
    const hosts = new Map<string, string>()
    for (const client of clients) hosts.set(client, await hostFor(from('other', 'nowhere', client)))
    const google = [...hosts.values()].filter((host) => host === 'us-central1-docker.pkg.dev').length
    const aws = [...hosts.values()].filter((host) => host === 'us-east-1.amazonaws.com').length
    expect(google + aws).toBe(clients.length)
    // 60 per cent; four standard deviations are 4.4 per cent.
    expect(Math.abs(google / clients.length - 0.6)).toBeLessThan(0.044)
    for (const client of clients.slice(0, 50)) {
      expect(await hostFor(from('', '', client), `/v2/pause/blobs/sha256:${hex}`)).toBe(hosts.get(client))
    }
  })

  test('a client of another cloud gets the mirror of its vendor that is near it', async () => {
    const hosts = new Set<string>()
    for (let index = 0; index < 50; index++) hosts.add(await hostFor(from('', 'europe-north1', `192.0.2.${index}`)))
    expect([...hosts].sort()).toEqual(['europe-west1-docker.pkg.dev', 'us-east-1.amazonaws.com'])
  })

  test('what belongs together comes from one mirror: images, signatures by tag, by referrer and by digest', async () => {
    const paths = [
      'autoscaling/addon-resizer/manifests/v1.8.20',
      `autoscaling/addon-resizer/manifests/sha256:${hex}`,
      `autoscaling/addon-resizer/manifests/sha256-${hex}.sig`,
      `autoscaling/addon-resizer/manifests/sha256-${hex}`,
      `autoscaling/addon-resizer/referrers/sha256:${hex}?artifactType=application%2Fvnd.dev.sigstore.bundle.v0.3%2Bjson`,
      `autoscaling/addon-resizer/blobs/sha256:${hex}`,
      'autoscaling/addon-resizer/tags/list?n=100',
    ]
    for (const path of paths) {
      expect(await ask(`/v2/${path}`, from('google', 'europe-north1'))).toEqual({
        status: 307,
        location: `https://europe-west1-docker.pkg.dev/v2/prod/images/${path}`,
      })
    }
  })

  test('HEAD is redirected, the version check is answered, and nothing else is served', async () => {
    expect((await ask('/v2/pause/manifests/3.10', {}, 'HEAD')).status).toBe(307)
    expect(await ask('/v2/')).toEqual({ status: 200, location: undefined })
    expect((await ask('/v2/pause/manifests/3.10', {}, 'PUT')).status).toBe(405)
    for (const path of [
      '/',
      '/v2/_catalog',
      '/v2/pause/blobs/uploads/',
      '/v1/pause',
      '/v2/pause/manifests/a%0d%0aSet-Cookie:b',
    ])
      expect((await ask(path)).status).toBe(404)
  })

  test('the JSON says the same as nginx', async () => {
    const table = JSON.parse(await readFile(join(folder, 'redirects/redirects.json'), 'utf8'))
    for (const vendor of table.vendors) {
      for (const [region, [mirror]] of Object.entries<string[]>(vendor.regions)) {
        const { location } = await ask('/v2/pause/manifests/3.10', from(vendor.name, region))
        const [host, ...prefix] = table.mirrors[mirror ?? ''].registry.split('/')
        expect(location).toBe(`https://${host}/v2/${prefix.join('/')}/pause/manifests/3.10`)
      }
    }
  })

  test('a second run changes nothing', async () => {
    const options = { mirrors: join(folder, 'mirrors.yaml'), output: join(folder, 'redirects'), dryRun: false }
    const headersOf = { cloudHeader: headers.cloud, regionHeader: headers.region, clientHeader: headers.client }
    const again = { ...options, ...headersOf, listen: `unix:${socket()}` }
    expect((await writeRedirects(again, testStep({ workspace: folder }))).changed).toBe(false)
  })
})
