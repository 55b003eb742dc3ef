// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "promote",
  "description": "Brings the images of a release or a staging registry with all their evidence, and files, to registries, layouts and folders; the tag comes last, and a second run does nothing.",
  "inputs": {
    "release": {
      "description": "Folder of the release to promote, with release.json; 'release' where neither images nor manifests are given.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "images": {
      "description": "Images to promote instead of a release, as HOST/REPOSITORY:TAG, HOST/REPOSITORY@DIGEST or oci:FOLDER:NAME:TAG. The last part of the repository is the name below each destination.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "manifests": {
      "description": "Promoter manifest, or folder of thin manifests, in the format of registry.k8s.io; it names the images, their source and their destinations.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "to": {
      "description": "Where to promote to. HOST/PREFIX and oci:FOLDER take images, file:FOLDER takes files with their bundles beside them.",
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
      "description": "Digest of release.json; empty for images and manifests."
    },
    "plan": {
      "description": "What was missing at the destinations, as JSON."
    },
    "plan-digest": {
      "description": "SHA-256 of the plan's canonical JSON."
    },
    "promoted": {
      "description": "What is newly there, as a JSON list of references and file names."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
