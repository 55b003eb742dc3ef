// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "audit-mirrors",
  "description": "Compares all mirrors with promotion manifests and with each other, and fails on what is missing, moved, extra, unsigned or different; reads only.",
  "inputs": {
    "manifests": {
      "description": "Image manifest, thin tree of image manifests, file manifest or tree of file manifests, in the formats of registry.k8s.io.",
      "type": "path",
      "required": true,
      "default": undefined,
      "secret": false
    },
    "mirrors": {
      "description": "Mirrors policy; all its mirrors are audited. Without one, the destinations that the manifests name.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "policy": {
      "description": "Evidence policy, by which signatures and attestations are verified. Without one, an image counts as signed when something beside it says that it signs it.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "warn": {
      "description": "Kinds of findings that do not fail the audit; missing, moved, extra, unsigned, differing, unreadable or malformed.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "plain-http": {
      "description": "Registry hosts to speak plain HTTP to; loopback always is.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "report": {
      "description": "File to write the report to, as JSON.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "dry-run": {
      "description": "Audit, but do not write the report.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "report": {
      "description": "The report as JSON, with the mirrors that were audited and every finding; empty where that is over 256 KiB, for which there is the file 'report'."
    },
    "findings": {
      "description": "Number of findings, with those that only warn."
    },
    "passed": {
      "description": "Whether nothing was found but what only warns; the step fails otherwise."
    }
  }
} as const
