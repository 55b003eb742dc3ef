/** The license text of a project. */
export interface License {
  /** SPDX identifier; undefined for a text that is not known. */
  readonly identifier: string | undefined
  readonly text: string
}

const known: readonly (readonly [identifier: string, pattern: RegExp])[] = [
  ['Apache-2.0', /Apache License\s+Version 2\.0, January 2004/],
  ['MIT', /Permission is hereby granted, free of charge, to any person obtaining a copy/],
  ['BSD-3-Clause', /Redistribution and use in source and binary forms[\s\S]*Neither the name/],
  ['MPL-2.0', /Mozilla Public License Version 2\.0/],
]

/** Which license a text is, by the words that no other has. */
export const readLicense = (text: string): License => ({
  identifier: known.find(([, pattern]) => pattern.test(text))?.[0],
  text,
})
