// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "lint-manifests",
  "description": "Finds what would break a promotion before its manifests are merged, and shows each finding at its line.",
  "inputs": {
    "manifests": {
      "description": "Promoter manifest, file manifest or configuration of GitHub releases; or a folder with a tree of manifests, as in kubernetes/k8s.io.",
      "type": "path",
      "required": false,
      "default": ".",
      "secret": false
    },
    "base": {
      "description": "Git ref that the manifests were changed from, such as origin/main; tags that moved and entries that are gone since are findings, too.",
      "type": "string",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "report": {
      "description": "File to write the findings to, as JSON.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "dry-run": {
      "description": "Show the findings, but do not write the report.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "findings": {
      "description": "The findings as a JSON list of location, rule and message; empty where that is over 256 KiB, for which there is the file 'report'."
    }
  }
} as const
