// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "verify",
  "description": "Verifies a release whole (every byte, signatures, provenance, SBOMs, the record against the folder), or the signatures of files and images.",
  "inputs": {
    "release": {
      "description": "Folder of the release, with release.json.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "files": {
      "description": "Files to verify instead of a release, as glob patterns, one a line; the bundle of each is FILE.sigstore.json beside it.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "images": {
      "description": "Images to verify instead of a release, as HOST/REPOSITORY:TAG, HOST/REPOSITORY@DIGEST or oci:FOLDER:NAME:TAG, one a line.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "bundle": {
      "description": "Sigstore bundle of the one file in files, where it is not beside it.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "policy": {
      "description": "Verification policy (YAML) that the release must fulfill, in place of a key or an identity.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "key": {
      "description": "Public key (PEM) that must have signed, a private key whose public half counts, or the address of a key in a KMS.",
      "type": "key",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "key-password": {
      "description": "Password of an encrypted private key; COSIGN_PASSWORD where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
    },
    "certificate-identity": {
      "description": "Exact identity that must have signed keyless, such as https://github.com/ORG/REPO/.github/workflows/release.yml@refs/tags/v1.2.3.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "certificate-oidc-issuer": {
      "description": "Exact issuer of that identity, such as https://token.actions.githubusercontent.com.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "trusted-root": {
      "description": "Sigstore trusted_root.json to verify with, offline; the public instance's where absent.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "recursive": {
      "description": "The manifests of an image index must be signed, too (images only; a release is always verified whole).",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    },
    "builder-id": {
      "description": "Exact builder that every provenance must name; where absent, the one that the certificate names, or any with a key.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "allow-modified": {
      "description": "Accept a release that was built from a working tree that differed from its commit.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    },
    "plain-http": {
      "description": "Registry hosts to speak plain HTTP to, one a line; loopback always is.",
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
      "description": "Verify, but do not write the report.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "release-digest": {
      "description": "Digest of release.json; empty for files and images."
    },
    "report": {
      "description": "The report as JSON, with every check, its subject, whether it passed, and why."
    },
    "verified": {
      "description": "Whether every check passed; the step fails when one did not."
    }
  }
} as const
