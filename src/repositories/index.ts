/**
 * Signed apt and rpm repositories in a folder: the packages of a release are published beside the versions that are there.
 */
export { type PublishingOptions, publishPackages } from './publish.ts'
