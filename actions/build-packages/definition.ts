// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "build-packages",
  "description": "Makes a deb and an rpm package of the commands of a release for each Linux platform, byte for byte the same every time.",
  "inputs": {
    "release": {
      "description": "Folder of the release, with release.json.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "packages": {
      "description": "Packages by name, each with its metadata, files, systemd units and scripts; one with all commands and the project's name where absent.",
      "type": "yaml",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "project": {
      "description": "Folder that the paths in packages are relative to.",
      "type": "path",
      "required": false,
      "default": ".",
      "secret": false
    },
    "formats": {
      "description": "Formats to make.",
      "type": "list",
      "required": false,
      "default": "deb\nrpm",
      "secret": false
    },
    "compression": {
      "description": "Compression of the packages' data; gzip for deb and zstd for rpm where absent.",
      "type": "choice",
      "required": false,
      "default": undefined,
      "options": [
        "gzip",
        "zstd",
        "xz"
      ],
      "secret": false
    },
    "openpgp-key": {
      "description": "Armored OpenPGP private key that signs the rpm packages; in a terminal, a key of this machine where absent.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "openpgp-passphrase": {
      "description": "Passphrase of the OpenPGP key.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
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
      "description": "Digest of release.json."
    },
    "packages": {
      "description": "Paths of the packages in the release, as a JSON list."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
