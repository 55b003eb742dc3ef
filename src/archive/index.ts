/** Archive formats, written and read as streams. */
export { type ArMember, arMagic, arMemberHeader, readArMembers } from './ar.ts'
