// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "attest",
  "description": "Attests where a release comes from (SLSA provenance) and what is in it (SBOMs), or any predicate over files and images, as signed in-toto statements.",
  "inputs": {
    "release": {
      "description": "Folder of the release, with release.json.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "files": {
      "description": "Files to attest instead of a release, as glob patterns, one a line; each attestation lies beside its file as FILE.TYPE.sigstore.json.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "images": {
      "description": "Images to attest instead of a release, as HOST/REPOSITORY:TAG, HOST/REPOSITORY@DIGEST or oci:FOLDER:NAME:TAG, one a line; each attestation is attached as a referrer.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "predicate": {
      "description": "JSON file that is attested over the files and images.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "predicate-type": {
      "description": "URI of the predicate's type, or slsaprovenance1, spdxjson, cyclonedx, openvex or vuln.",
      "type": "string",
      "required": false,
      "default": undefined,
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
      "description": "OIDC token for keyless signing; the surroundings' own where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
    },
    "signing-config": {
      "description": "Sigstore signing_config.json with the services to use; the public instance where absent.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "trusted-root": {
      "description": "Sigstore trusted_root.json with which fresh bundles are checked; the public instance's where absent.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "fulcio-url": {
      "description": "Certificate authority (Fulcio) to use instead of the signing config's.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "rekor-url": {
      "description": "Transparency log (Rekor) to use instead of the signing config's.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "timestamp-url": {
      "description": "Timestamp authority (RFC 3161) to use instead of the signing config's.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "plain-http": {
      "description": "Registry hosts to speak plain HTTP to, one a line; loopback always is.",
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
      "description": "Digest of release.json; empty for files and images."
    },
    "attestations": {
      "description": "The attestations as JSON, each with its target (path, or image by digest), predicate type, subjects, and whether it was there already."
    },
    "changed": {
      "description": "Whether anything was missing; in a dry run, whether anything is."
    }
  }
} as const
