const largestOutput = 1 << 18

/** Whether a value can be an output: GitHub takes 1 MiB for all of a job, so that one has 256 KiB. */
export const fitsOutput = (value: unknown): boolean => JSON.stringify(value).length <= largestOutput
