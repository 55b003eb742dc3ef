/** Archive formats, written and read as streams. */
export { type ArMember, arMagic, arMemberHeader, readArMembers } from './ar.ts'
export { type CpioEntry, cpioHeader, cpioPadding, cpioTrailer } from './cpio.ts'
export type { ArchiveDirectory, ArchiveEntry, ArchiveFile } from './entry.ts'
export { gzip } from './gzip.ts'
export { tar } from './tar.ts'
export { zip } from './zip.ts'
