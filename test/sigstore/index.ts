/** Sigstore for tests: real servers on loopback, or stand-ins without a network. */
export { type Faults, type InMemorySigstore, inMemorySigstore, nextMinute, unsignedToken } from './in-memory.ts'
export { startSigstore, type TestSigstore } from './sigstore.ts'
