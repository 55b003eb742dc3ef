// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "sign",
  "description": "Signs everything in a release, or any files and images, keyless or with a key, as Sigstore bundles that cosign verifies.",
  "inputs": {
    "release": {
      "description": "Folder of the release, with release.json; not used where files or images are given.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "files": {
      "description": "Files to sign instead of a release, as globs; F gets its bundle beside it as F.sigstore.json.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "images": {
      "description": "Images to sign instead of a release, as HOST/REPOSITORY:TAG or oci:FOLDER:NAME:TAG; their bundles become OCI referrers.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "recursive": {
      "description": "For images, also signs every manifest that an index lists. Images of a release always are signed so.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    },
    "key": {
      "description": "Private key to sign with, PEM, an encrypted cosign.key, or the address of a key in a KMS such as awskms:///alias/release; keyless by the runner's OIDC identity where absent.",
      "type": "key",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "key-password": {
      "description": "Password of an encrypted key; COSIGN_PASSWORD where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
    },
    "identity-token": {
      "description": "OIDC token for keyless signing; SIGSTORE_ID_TOKEN or the runner's own where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
    },
    "signing-config": {
      "description": "Sigstore signing_config.json that names the services to sign with; the public instance where absent.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "trusted-root": {
      "description": "Sigstore trusted_root.json by which each new bundle is checked; the public instance's where absent.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "fulcio-url": {
      "description": "Certificate authority, instead of a signing configuration.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "rekor-url": {
      "description": "Transparency log, version 1 or 2, instead of a signing configuration.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "timestamp-url": {
      "description": "Timestamp authority (RFC 3161), instead of a signing configuration.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "plain-http": {
      "description": "Registries, as HOST or HOST:PORT, to speak plain HTTP to; those on loopback always are.",
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
      "description": "Digest of release.json; empty where files or images were signed."
    },
    "bundles": {
      "description": "The signatures as a JSON list of subject, digest, and bundle, which is a path or the referrer that holds it."
    },
    "signer": {
      "description": "Who signed, as JSON, kind keyless with identity and issuer, or kind key with keyId and publicKey."
    },
    "changed": {
      "description": "Whether anything was missing; in a dry run, whether anything is."
    }
  }
} as const
