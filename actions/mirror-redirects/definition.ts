// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "mirror-redirects",
  "description": "Writes where a redirector sends each client, from a mirrors policy, as JSON and as a ready nginx configuration.",
  "inputs": {
    "mirrors": {
      "description": "Mirrors policy, with vendors, regions and shares.",
      "type": "path",
      "required": true,
      "default": undefined,
      "secret": false
    },
    "output": {
      "description": "Folder for redirects.json and nginx.conf.",
      "type": "path",
      "required": false,
      "default": "redirects",
      "secret": false
    },
    "cloud-header": {
      "description": "Request header with the client's cloud, as the policy names vendors; the load balancer in front sets it.",
      "type": "string",
      "required": false,
      "default": "X-Client-Cloud",
      "secret": false
    },
    "region-header": {
      "description": "Request header with the client's region, as its cloud names it.",
      "type": "string",
      "required": false,
      "default": "X-Client-Region",
      "secret": false
    },
    "client-header": {
      "description": "Request header that tells clients apart, to share out those of other clouds; the address of the connection where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "listen": {
      "description": "What nginx listens to, such as 8080, 127.0.0.1:8080 or unix:/run/mirrors.sock.",
      "type": "string",
      "required": false,
      "default": "8080",
      "secret": false
    },
    "dry-run": {
      "description": "Do everything but write.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "redirects": {
      "description": "The redirects as JSON."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
