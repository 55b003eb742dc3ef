// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "sbom",
  "description": "Describes every Go binary, image platform and the whole of a release in SPDX 2.3 documents, from the build info in the binaries.",
  "inputs": {
    "release": {
      "description": "Folder of the release, with release.json.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "files": {
      "description": "Go binaries to describe instead of a release, as glob patterns, one a line; each document is written beside its binary.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "dry-run": {
      "description": "Do everything but write, and print the plan.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "release-digest": {
      "description": "Digest of release.json; empty for files that belong to no release."
    },
    "documents": {
      "description": "The SPDX documents as JSON, each with its path, what it describes, the number of packages in it, and its digest."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
