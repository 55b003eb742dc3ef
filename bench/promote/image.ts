import { digestAt, type ImageShape, missingEvidence, type SignedImage, versionTag } from '../../test/signed-image.ts'

/** 12 manifests with their evidence. */
export const benchShape: ImageShape = {
  platforms: ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'],
  layers: 3,
  layerSize: 2 ** 20,
}

/** Whether a repository has the image under its tag with all its evidence. */
export async function isComplete(host: string, name: string, image: SignedImage): Promise<boolean> {
  const tagged = await digestAt(host, name, versionTag)
  return tagged === image.root && (await missingEvidence(host, name, image)).length === 0
}
