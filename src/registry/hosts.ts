/** Artifact Registry (`REGION-docker.pkg.dev`) and Container Registry (`gcr.io`, `REGION.gcr.io`). */
export const isGoogleRegistry = (host: string): boolean => /^(?:[a-z0-9-]+\.)*(?:pkg\.dev|gcr\.io)$/.test(host)
