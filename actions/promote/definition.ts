// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "promote",
  "description": "Brings the images of a release or a staging registry with all their evidence, and files, to registries, layouts and stores; the tag comes last, and a second run does nothing.",
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
      "description": "Promotion manifests in the formats of registry.k8s.io, a file or a folder; they name images, files or GitHub releases, their source and their destinations.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "to": {
      "description": "Where to promote to. HOST/PREFIX and oci:FOLDER take images; file:FOLDER, s3://BUCKET/PREFIX and gs://BUCKET/PREFIX take files with their bundles beside them.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "mirrors": {
      "description": "Mirrors policy whose registries and stores are the destinations, instead of 'to'.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "policy": {
      "description": "Evidence policy, by which every image is judged before it is promoted. Without one, evidence is carried but not judged.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "plan": {
      "description": "File of the plan. A dry run writes it; any other run does only what it says, less what is there by now.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "plan-digest": {
      "description": "Digest that the file 'plan' must have, as the dry run gave it.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "hosts": {
      "description": "Destination hosts of this shard, as in the output 'matrix'; all where empty.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "shards": {
      "description": "The most shards to cut the plan into, for the output 'matrix'; one a destination host where absent.",
      "type": "number",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "journal": {
      "description": "File that remembers what is done, so that a resumed run asks less. Without it the run asks more and comes to the same end.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "report": {
      "description": "File to write what became of each image and file to, as JSON.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "sign": {
      "description": "Sign each image and each of its platforms before its tag, unless this signer has.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    },
    "attest": {
      "description": "Attest from where to where each image was promoted, by whom and under which plan, before its tag.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    },
    "signatures": {
      "description": "Folder (an OCI layout) that keeps what is signed, so that all shards and later runs attach the same.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "sign-only": {
      "description": "Sign what the plan has to be signed, into the folder 'signatures', and promote nothing.",
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
    "version-markers": {
      "description": "Store, such as gs://BUCKET/release, whose stable.txt, latest-1.txt and the like are moved forward to the version of the release, after everything else.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "pull-request": {
      "description": "Pull request, as OWNER/REPO#NUMBER, that gets the plan as a comment; a later run replaces it.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "github-token": {
      "description": "Token for the comment, with the permission 'pull-requests' to write; GITHUB_TOKEN where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
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
      "description": "What was missing at the destinations, as JSON; empty where that is over 256 KiB, for which there is the file 'plan'."
    },
    "plan-digest": {
      "description": "SHA-256 of the plan's file; of the approved one where it was given."
    },
    "promoted": {
      "description": "What is newly there, as a JSON list of references and file names."
    },
    "changed": {
      "description": "Whether anything was written."
    },
    "matrix": {
      "description": "The plan cut by destination hosts, as a JSON list of name, hosts, requests and bytes, the largest first."
    }
  }
} as const
