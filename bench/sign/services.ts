import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Gateway, openGateway } from '../../test/gateway.ts'
import { startSigstore, type TestSigstore } from '../../test/sigstore/index.ts'

/** A whole Sigstore behind gateways that count what its certificate authority and its log are asked. */
export interface CountedSigstore {
  readonly sigstore: TestSigstore
  /** Path of a signing_config.json that leads through the gateways. */
  readonly signingConfig: string
  readonly fulcio: Gateway
  readonly rekor: Gateway
  close(): Promise<void>
}

export async function startCountedSigstore(folder: string): Promise<CountedSigstore> {
  const sigstore = await startSigstore()
  const gatewayTo = (url: string): Promise<Gateway> => openGateway(Number(new URL(url).port))
  const fulcio = await gatewayTo(sigstore.urls.fulcio)
  const rekor = await gatewayTo(sigstore.urls.rekor)
  const text = await readFile(sigstore.signingConfig, 'utf8')
  const signingConfig = join(folder, 'signing_config.json')
  await writeFile(
    signingConfig,
    text.replace(sigstore.urls.fulcio, `http://${fulcio.host}`).replace(sigstore.urls.rekor, `http://${rekor.host}`),
  )
  return {
    sigstore,
    signingConfig,
    fulcio,
    rekor,
    async close() {
      await fulcio.close()
      await rekor.close()
      await sigstore.stop()
    },
  }
}
