/** YAML with the place of everything in it, for the documents that users and projects write. */
export { parseStrictYaml, type StrictYaml } from './strict-yaml.ts'
