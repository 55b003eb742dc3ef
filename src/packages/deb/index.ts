/** Debian packages (deb(5), Debian Policy). */
export { debDocuments } from './documents.ts'
export type { DebPackage } from './package.ts'
export { readDeb } from './read.ts'
export { debScripts } from './scripts.ts'
export { requireUstarPaths } from './ustar.ts'
export { writeDeb } from './write.ts'
