/** What the surroundings of a step say of its identity in the clouds, for the SDKs that talk to them. */
export { amazonAccess } from './amazon.ts'
export { type GoogleToken, googleToken } from './google.ts'
