import { Readable } from 'node:stream'
import { systemClock } from '../http/index.ts'
import { type Descriptor, type Digest, digestOfBytes, isDigest, mediaTypes, type Tag } from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { downloadBlob } from './download.ts'
import { isGoogleRegistry } from './hosts.ts'
import { type Listing, parseListing } from './listing.ts'
import { largestManifest, parseAny } from './manifest.ts'
import { contentType, readPages } from './pagination.ts'
import { proving } from './proof.ts'
import { createReferrers } from './referrers.ts'
import type { Repository, StoredManifest } from './repository.ts'
import type { Transport } from './transport.ts'
import { sharedUploads } from './upload.ts'

const manifestTypes = [
  mediaTypes.index,
  mediaTypes.manifest,
  mediaTypes.dockerManifestList,
  mediaTypes.dockerManifest,
].join(', ')

const manifestTries = 4

/**
 * A repository in a registry.
 * Source: OCI distribution specification 1.1.
 * @throws UserError from its methods, with what the registry said
 */
export function openDistribution(transport: Transport, name: string, step: Step): Repository {
  const address = `${transport.host}/${name}`
  const pull = { name, actions: 'pull' } as const
  const push = { name, actions: 'pull,push' } as const
  const uploads = sharedUploads(transport, name)

  const readBytes = async (reference: Digest | Tag): Promise<StoredManifest | undefined> => {
    const request = {
      url: `${name}/manifests/${reference}`,
      headers: { accept: manifestTypes },
      scope: pull,
      what: `read the manifest ${reference} of ${name}`,
      expect: [200, 404],
    }
    const { response, bytes } = await transport.receive(request, largestManifest)
    if (response.status === 404) return undefined
    const digest = digestOfBytes(bytes)
    const expected = isDigest(reference) ? reference : (claimedDigest(response) ?? digest)
    if (digest !== expected) {
      throw new UserError(`${address}: digest mismatch: expected the manifest ${expected}, got ${digest}`, {
        hint: 'The bytes were changed on the way or in the registry; do not use them.',
      })
    }
    return { descriptor: { mediaType: contentType(response), digest, size: bytes.length }, bytes }
  }

  const readManifest = async (reference: Digest | Tag): Promise<StoredManifest | undefined> => {
    const stored = await readBytes(reference)
    if (!stored) return undefined
    // The document's own word counts: the digest speaks for it, and not for a header.
    const { mediaType } = parseAny(stored.bytes, `${address}@${stored.descriptor.digest}`)
    return { ...stored, descriptor: { ...stored.descriptor, mediaType } }
  }

  const headManifest = async (reference: Digest | Tag): Promise<Descriptor | undefined> => {
    const response = await transport.send({
      method: 'HEAD',
      url: `${name}/manifests/${reference}`,
      headers: { accept: manifestTypes },
      scope: pull,
      what: `look for the manifest ${reference} in ${name}`,
      expect: [200, 404],
    })
    if (response.status === 404) return undefined
    const digest = isDigest(reference) ? reference : claimedDigest(response)
    const size = Number(response.headers.get('content-length') ?? Number.NaN)
    // Both headers are optional in the specification.
    if (digest === undefined || !Number.isSafeInteger(size)) return (await readManifest(reference))?.descriptor
    return { mediaType: contentType(response), digest, size }
  }

  /** docker-registry knows a blob not for a moment while another client writes the same one. */
  const patiently = async (write: () => Promise<Response>): Promise<Response> => {
    for (let tries = 1; ; tries++) {
      try {
        return await write()
      } catch (error) {
        if (tries === manifestTries || !(error instanceof UserError && /MANIFEST_BLOB_UNKNOWN/.test(error.message))) {
          throw error
        }
        await systemClock.sleep(100 * tries * (1 + systemClock.random()), step.signal)
      }
    }
  }

  const putManifest = async (bytes: Uint8Array, mediaType: string, reference?: Tag) => {
    const descriptor = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
    if (bytes.length > largestManifest) throw new UserError(`A manifest of ${bytes.length} bytes is too large`)
    if (parseAny(bytes, descriptor.digest).mediaType !== mediaType) {
      throw new UserError(`${descriptor.digest} is not of the media type ${mediaType}`)
    }
    const target = reference ?? descriptor.digest
    const response = await patiently(() =>
      transport.send({
        method: 'PUT',
        url: `${name}/manifests/${target}`,
        headers: { 'content-type': mediaType },
        body: bytes,
        scope: push,
        what: `write the manifest ${target} to ${name}`,
        expect: [200, 201, 202],
      }),
    )
    await response.body?.cancel()
    const stored = claimedDigest(response) ?? (await headManifest(target))?.digest
    if (stored !== descriptor.digest) {
      throw new UserError(
        `${address}: wrote the manifest ${descriptor.digest} to ${target}, but ${stored ?? 'nothing'} is there`,
      )
    }
    return { descriptor, response }
  }

  const referrers = createReferrers(
    {
      transport,
      name,
      fallback: {
        address,
        read: readBytes,
        write: async (bytes, mediaType, tag) => (await putManifest(bytes, mediaType, tag)).descriptor,
      },
      write: async (bytes, mediaType) => (await putManifest(bytes, mediaType)).response.headers,
    },
    step,
  )

  const list = async (): Promise<Listing> => {
    const request = {
      url: `${name}/tags/list?n=${tagsOnPage(transport.host)}`,
      scope: pull,
      what: `list the tags of ${name}`,
      expect: [200, 404],
    }
    const found: Uint8Array[] = []
    for await (const page of readPages(transport, request)) if (page.response.status === 200) found.push(page.bytes)
    const { listing, malformed } = parseListing(found, address)
    if (malformed.length > 0) {
      step.log.warning(`${address} lists what is no tag, and is passed over: ${JSON.stringify(malformed.slice(0, 3))}`)
    }
    return listing
  }

  return {
    address,
    headManifest,
    readManifest,
    writeManifest: async (bytes, mediaType, tag) => (await putManifest(bytes, mediaType, tag)).descriptor,
    list,
    listTags: async () => [...(await list()).tags].sort(),
    mayHaveReferrers: referrers.mayHave,
    listReferrers: referrers.list,
    async writeReferrer(bytes, mediaType) {
      const [written] = await referrers.write([{ bytes, mediaType }])
      if (!written) throw new Error('one referrer was to be written')
      return written
    },
    writeReferrers: referrers.write,
    hasBlob: uploads.has,
    async readBlob(descriptor, start = 0) {
      const content = downloadBlob(transport, name, descriptor, start, step)
      return Readable.from(start > 0 ? content : proving(content, descriptor), { objectMode: false })
    },
    writeBlob: uploads.write,
    async mountBlob(digest, from) {
      const other = from.address.startsWith(`${transport.host}/`)
        ? from.address.slice(transport.host.length + 1)
        : undefined
      return other !== undefined && uploads.mount(digest, other)
    },
  }
}

/** Most registries grant no more than 1000; Google's send 10 000, so that all but the largest repositories are one page. */
const tagsOnPage = (host: string): number => (isGoogleRegistry(host) ? 10_000 : 1000)

function claimedDigest(response: Response): Digest | undefined {
  const claimed = response.headers.get('docker-content-digest')
  return claimed !== null && isDigest(claimed) ? claimed : undefined
}
