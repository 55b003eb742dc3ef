import { pathToFileURL } from 'node:url'

/**
 * A git remote as `https://HOST/PATH`, without credentials, port of ssh, `.git` and trailing slash; a local path becomes a `file:` URL.
 * Source: git-fetch(1), "Git URLs".
 */
export function normalizeRepository(remote: string, directory: string): string {
  // git@github.com:org/repo.git; a slash before the colon makes it a path.
  const scp = /^(?:[^@/:]+@)?([^@/:]+):(?!\/\/)(.+)$/.exec(remote)
  if (scp?.[1] && scp[2]) return httpsOf(scp[1], scp[2])
  const url = URL.canParse(remote)
    ? new URL(remote)
    : pathToFileURL(remote.startsWith('/') ? remote : `${directory}/${remote}`)
  if (url.protocol === 'file:') return trimmed(url.href)
  // Only a web server's port is part of an address that others can open.
  return httpsOf(/^https?:$/.test(url.protocol) ? url.host : url.hostname, url.pathname)
}

const httpsOf = (host: string, path: string): string =>
  trimmed(`https://${host.toLowerCase()}/${path.replace(/^\/+/, '')}`)

const trimmed = (url: string): string => url.replace(/\/+$/, '').replace(/\.git$/, '')
