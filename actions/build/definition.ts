// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "build",
  "description": "Builds a Go module into binaries, archives, checksums and container images, the same bytes every time.",
  "inputs": {
    "project": {
      "description": "Folder of the Go module.",
      "type": "path",
      "required": false,
      "default": ".",
      "secret": false
    },
    "release": {
      "description": "Folder of the release, with release.json.",
      "type": "path",
      "required": false,
      "default": "release",
      "secret": false
    },
    "version": {
      "description": "Version of the release; where absent, the tag at HEAD, else v0.0.0 with the commit's time and hash.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "name": {
      "description": "Name of the project; where absent, the last element of the module path.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "main-packages": {
      "description": "Packages of the commands, such as ./cmd/hello; where absent, those below cmd/, else the root, else every one not below examples, hack, test or tools.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "platforms": {
      "description": "Platforms to compile for; linux/arm is linux/arm/v7.",
      "type": "list",
      "required": false,
      "default": "linux/amd64\nlinux/arm64\nlinux/arm\nlinux/ppc64le\nlinux/s390x\ndarwin/amd64\ndarwin/arm64\nwindows/amd64\n",
      "secret": false
    },
    "ldflags": {
      "description": "Flags of the linker, joined by spaces. {{.Version}}, {{.Commit}}, {{.CommitDate}} and {{.Name}} are filled in.",
      "type": "list",
      "required": false,
      "default": "-s -w -X main.version={{.Version}} -X main.commit={{.Commit}} -X main.date={{.CommitDate}}",
      "secret": false
    },
    "build-tags": {
      "description": "Build tags.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "archive-files": {
      "description": "Files to put into every archive, as glob patterns relative to the project; where absent, LICENSE* and README* at its root.",
      "type": "list",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "images": {
      "description": "Images to make, as a list of maps with name, main-package, base, user, entrypoint, labels and platforms; where absent, one on scratch for each command, and [] for none.",
      "type": "yaml",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "go-version": {
      "description": "Version of Go, as 1.26.8 or 1.26; where absent, the one installed when it is what go.mod asks for or newer.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "cache": {
      "description": "Keep the module and build cache of Go in GitHub's cache; leave it off in a release, whose binaries then depend on nothing that other jobs wrote.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    },
    "allow-modified": {
      "description": "Build from files that differ from the commit, or without git; the record then says so.",
      "type": "boolean",
      "required": false,
      "default": "false",
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
    "version": {
      "description": "Version of the release."
    },
    "files": {
      "description": "Paths of the files as a JSON list, relative to the release."
    },
    "images": {
      "description": "The images as a JSON list, each with name, digest and tags."
    },
    "changed": {
      "description": "Whether anything was written."
    }
  }
} as const
