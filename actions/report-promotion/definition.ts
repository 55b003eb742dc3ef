// Generated from action.yml by 'npm run generate'; edit that file instead.
export const definition = {
  "name": "report-promotion",
  "description": "Merges the reports of all shards of a promotion, holds them to the plan that was approved, and fails when anything of it is not there.",
  "inputs": {
    "reports": {
      "description": "Reports that promote wrote by its input report, as glob patterns, one a line.",
      "type": "list",
      "required": true,
      "default": undefined,
      "secret": false
    },
    "plan": {
      "description": "Plan that was approved, as a dry run of promote wrote it.",
      "type": "path",
      "required": true,
      "default": undefined,
      "secret": false
    },
    "plan-digest": {
      "description": "Digest that the plan must have; an output of that dry run.",
      "type": "string",
      "required": true,
      "default": undefined,
      "secret": false
    },
    "report": {
      "description": "File to write the merged report to, as JSON.",
      "type": "path",
      "required": false,
      "default": undefined,
      "secret": false
    },
    "dry-run": {
      "description": "Merge and judge, but do not write the report.",
      "type": "boolean",
      "required": false,
      "default": "false",
      "secret": false
    }
  },
  "outputs": {
    "promoted": {
      "description": "How many images and files the promotion brought, each counted once for each destination."
    },
    "complete": {
      "description": "Whether the plan is carried out at every destination; the step fails when it is not."
    }
  }
} as const
