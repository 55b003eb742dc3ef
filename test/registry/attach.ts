// One process that attaches one referrer: node attach.ts HOST NAME SUBJECT-JSON TEXT. It says `ready`, and begins at a line of input.
import { once } from 'node:events'
import { createHttpClient } from '../../src/http/index.ts'
import { emptyDescriptor } from '../../src/oci/index.ts'
import { openRepository, sigstoreReferrer } from '../../src/registry/index.ts'
import { testStep } from '../step.ts'

const [host = '', name = '', subject = '', text = ''] = process.argv.slice(2)
const step = testStep({ http: createHttpClient({ signal: new AbortController().signal }) })
const repository = openRepository({ kind: 'registry', host, prefix: '' }, name, step)
const { manifest, mediaType } = sigstoreReferrer(JSON.parse(subject), emptyDescriptor, text, '2026-01-02T03:04:05Z')

process.stdout.write('ready\n')
await once(process.stdin, 'data')
await repository.writeReferrer(manifest, mediaType)
process.exit()
