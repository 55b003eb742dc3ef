// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "publish-packages",
  "description": "Publishes the deb and rpm packages of a release in signed apt and rpm repositories, beside the versions that are there.",
  "inputs": {
    "release": {
      "description": "Folder of the release, with release.json.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "to": {
      "description": "Folders to publish to, as file:PATH, one a line; each gets a repository in deb/ and one in rpm/. Where absent, published/packages in the release's folder.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "openpgp-key": {
      "description": "Armored OpenPGP private key that signs the repositories; in a terminal, the key of this machine where absent.",
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
    "origin": {
      "description": "Origin field of the apt repository; the project's name where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "label": {
      "description": "Label field of the apt repository; the origin where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "valid-for": {
      "description": "Days after which apt refuses the repository unless it is published again (Valid-Until); no limit where absent.",
      "type": "number",
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
      "description": "Digest of release.json."
    },
    "repositories": {
      "description": "The repositories as JSON, each with its kind, folder, key fingerprint, number of packages, and the packages added."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
