import { isObject } from '../attest/index.ts'

export type Json = Readonly<Record<string, unknown>>

/** An object in another, empty where there is none: predicates are what somebody wrote, and are judged, not stumbled over. */
export const member = (json: unknown, name: string): Json => {
  const value = isObject(json) ? json[name] : undefined
  return isObject(value) ? value : {}
}
/** Builder that a SLSA provenance v1 names, whatever it is. */
export const builderIdOf = (predicate: unknown): unknown => member(member(predicate, 'runDetails'), 'builder').id
export const sourceOf = (predicate: unknown): Json =>
  member(member(member(predicate, 'buildDefinition'), 'externalParameters'), 'source')
export const githubOf = (predicate: unknown): Json =>
  member(member(member(predicate, 'buildDefinition'), 'internalParameters'), 'github')

export function commitOf(predicate: unknown): unknown {
  const dependencies = member(predicate, 'buildDefinition').resolvedDependencies
  return Array.isArray(dependencies) ? member(dependencies[0], 'digest').gitCommit : undefined
}

/** A value as a message can have it. */
export function show(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}
