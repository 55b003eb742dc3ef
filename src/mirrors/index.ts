/**
 * Mirrors and the load between vendors (KEP-3055): one policy says which vendors serve what is promoted, where, and how many of
 * the clients each takes. From it come where to promote to, and where a redirector sends a client.
 */
export { type AuditOptions, auditMirrors } from './audit/audit.ts'
export type { FindingKind } from './audit/findings.ts'
export { type AuditOutputs, type AuditReport, auditOutputs } from './audit/report.ts'
export { destinationsOf, type MirrorDestinations, mirroredFiles, mirroredImages } from './destinations.ts'
export type { Mirror, Mirrors, Vendor } from './policy.ts'
export { parseMirrors, readMirrors } from './read.ts'
export type { RedirectTable } from './redirects.ts'
export { type RedirectOptions, type RedirectResult, writeRedirects } from './write-redirects.ts'
