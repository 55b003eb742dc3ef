// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "edit-manifest",
  "description": "Adds the digests of a version to a promoter manifest without touching anything else in it, in the checkout or as a pull request that shows the promotion's plan.",
  "inputs": {
    "manifests": {
      "description": "Plain promoter manifest, or a folder with a tree of manifests as in kubernetes/k8s.io. With 'repository' it is the path in that repository, which need not be checked out.",
      "type": "path",
      "required": true,
      "default": undefined,
      "secret": false
    },
    "project": {
      "description": "Which manifest of a tree, by its folder below manifests/ and images/.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "images": {
      "description": "Images to add, as NAME:TAG, NAME@DIGEST or NAME:TAG@DIGEST below the source of the manifest, or with its HOST/PREFIX before them. A tag is resolved once.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "release": {
      "description": "Folder of the release whose images are added with their tags; 'release' where no images are given.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "tags": {
      "description": "Tags that each image gets beside its own.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "repository": {
      "description": "Repository on GitHub, as OWNER/REPO, that gets a pull request; the checkout is edited where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "fork": {
      "description": "Fork, as OWNER/REPO, that gets the branch of the pull request; the repository itself where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "base": {
      "description": "Branch that the pull request goes to; the repository's default branch where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "branch": {
      "description": "Branch that the pull request comes from; promote-PROJECT-VERSION where absent. An open pull request of it is added to.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "github-token": {
      "description": "Token for GitHub, with the permissions 'contents' to write where the branch goes and 'pull-requests' to write at the repository; GITHUB_TOKEN where absent.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": true
    },
    "preview": {
      "description": "Ask the registries what the promotion would do, show it, and add nothing whose promotion would stop.",
      "type": "boolean",
      "required": false,
      "default": "true",
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
      "description": "Do everything but write, and show what would be added.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "added": {
      "description": "What is new in the manifest, as a JSON list of NAME@DIGEST (TAGS)."
    },
    "files": {
      "description": "What was edited, as a JSON list of paths in the workspace or the repository."
    },
    "pull-request": {
      "description": "The pull request as OWNER/REPO#NUMBER, as 'promote' takes it; empty where there is none."
    },
    "pull-request-url": {
      "description": "Its page."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
