import { UserError } from '../runner/index.ts'
import type { RedirectTable, VendorRedirects } from './redirects.ts'

/** How nginx learns of a client what the table wants to know. */
export interface NginxOptions {
  /** Header with the client's cloud; whoever is in front of nginx sets it, or removes it. */
  readonly cloudHeader: string
  readonly regionHeader: string
  /** Header that tells clients apart; the address of the connection where undefined. */
  readonly clientHeader: string | undefined
  /** As in nginx's `listen`: a port, `ADDRESS:PORT` or `unix:PATH`. */
  readonly listen: string
}

/**
 * The table as configuration for the `http` block of nginx.
 * Source: nginx documentation, ngx_http_map_module and ngx_http_split_clients_module.
 * @throws UserError when a header or `listen` is none
 */
export function nginxConfiguration(table: RedirectTable, options: NginxOptions): string {
  const cloud = headerVariable(options.cloudHeader)
  const region = headerVariable(options.regionHeader)
  const client = options.clientHeader === undefined ? '$remote_addr' : headerVariable(options.clientHeader)
  if (!/^(?:unix:\/[\w./-]+|(?:[\w.*-]+:|\[[0-9A-Fa-f:]+\]:)?\d{1,5})$/.test(options.listen)) {
    throw new UserError(`'${options.listen}' is nothing that nginx can listen to`, {
      hint: 'Write PORT, ADDRESS:PORT or unix:/PATH.',
    })
  }
  return `# Made by 'k8s-release mirror-redirects': change the mirrors policy, not this file.
# It belongs into the http block of nginx. What is in front of it must set these headers, and drop a client's own:
# ${options.cloudHeader}, ${options.regionHeader}${options.clientHeader === undefined ? '' : `, ${options.clientHeader}`}.

# A client of no vendor's cloud comes to the same vendor each time.
split_clients "${client}" $mirror_vendor_by_share {
${shareLines(table.vendors)}
}

map ${cloud} $mirror_vendor {
  default $mirror_vendor_by_share;
${table.vendors.map(({ name }) => `  ~*^${name}$ ${name};`).join('\n')}
}

# By region; a region that nobody serves by its first word, and then by vendor.
map "$mirror_vendor/${region}" $mirror_api {
  default ${apiOf(table, table.canonical)};
${table.vendors.map((vendor) => mirrorLines(table, vendor)).join('\n')}
}

server {
  listen ${options.listen};

  # Clients ask this to learn whether to log in. They need not: mirrors are public.
  location = /v2/ {
    default_type application/json;
    add_header Docker-Distribution-API-Version registry/2.0 always;
    return 200 '{}';
  }

  # Manifests, blobs, referrers and tags of one client come from one mirror, and so do signatures by tag, by referrer and by
  # digest. The path is matched whole, so that nothing in it can reach the header.
  location ~ "^/v2/(?<mirror_path>[a-z0-9][a-z0-9._/-]*/(?:(?:manifests|blobs|referrers)/[A-Za-z0-9_][A-Za-z0-9._:+=-]*|tags/list))\\z" {
    if ($request_method !~ "^(?:GET|HEAD)\\z") {
      return 405;
    }
    return 307 https://$mirror_api/$mirror_path$is_args$args;
  }

  location / {
    return 404;
  }
}
`
}

/** nginx's variable for a request header. */
function headerVariable(header: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(header)) {
    throw new UserError(`'${header}' is not the name of a header`, { hint: 'Write it such as X-Client-Cloud.' })
  }
  return `$http_${header.toLowerCase().replaceAll('-', '_')}`
}

function shareLines(vendors: readonly VendorRedirects[]): string {
  const sharing = vendors.filter(({ share }) => share > 0)
  // The last takes what is left, so that no client falls through.
  return sharing
    .map(({ name, share }, index) => `  ${index === sharing.length - 1 ? '*' : `${share}%`} ${name};`)
    .join('\n')
}

function mirrorLines(table: RedirectTable, { name, regions, areas, fallback }: VendorRedirects): string {
  const line = (pattern: string, [mirror = table.canonical]: readonly string[]): string =>
    `  ${pattern} ${apiOf(table, mirror)};`
  return [
    ...Object.entries(regions).map(([region, mirrors]) => line(`${name}/${region}`, mirrors)),
    ...Object.entries(areas).map(([area, mirrors]) => line(`~*^${name}/${area}-`, mirrors)),
    line(`~*^${name}/`, fallback),
  ].join('\n')
}

/** `HOST/v2/PREFIX`: where the repositories of a mirror begin in the registry's API. */
function apiOf(table: RedirectTable, mirror: string): string {
  const [host, ...prefix] = (table.mirrors[mirror]?.registry ?? '').split('/')
  return [host, 'v2', ...prefix].join('/')
}
