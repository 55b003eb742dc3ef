/** What an input's text is parsed into; written as `type:` in action.yml. */
/** `key`: a path, or an address SCHEME://…, which stays as it is. */
export type InputType = 'string' | 'path' | 'key' | 'boolean' | 'number' | 'choice' | 'list' | 'yaml'

/** One input of action.yml. */
export interface InputDefinition {
  readonly description: string
  readonly type: InputType
  readonly required: boolean
  readonly default: string | undefined
  readonly options?: readonly string[]
  readonly secret: boolean
}

/** action.yml as data: `definition.ts` beside it is generated from it. */
export interface ActionDefinition {
  readonly name: string
  readonly description: string
  readonly inputs: Readonly<Record<string, InputDefinition>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

type CamelCase<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text

type Parsed<Input extends InputDefinition> = Input['type'] extends 'boolean'
  ? boolean
  : Input['type'] extends 'list'
    ? string[]
    : Input['type'] extends 'number'
      ? Optional<Input, number>
      : Input['type'] extends 'yaml'
        ? unknown
        : Input extends { readonly options: readonly (infer Option extends string)[] }
          ? Optional<Input, Option>
          : Optional<Input, string>

type Optional<Input extends InputDefinition, Value> = Input['required'] extends true
  ? Value
  : Input['default'] extends string
    ? Value
    : Value | undefined

/** The inputs of an action, parsed: `trusted-root` is `trustedRoot`; a path is absolute; an absent list is empty. */
export type InputsOf<Definition extends ActionDefinition> = {
  readonly [Name in keyof Definition['inputs'] & string as CamelCase<Name>]: Parsed<Definition['inputs'][Name]>
}

/** The outputs of an action: text as it is, everything else as JSON. */
export type OutputsOf<Definition extends ActionDefinition> = {
  readonly [Name in keyof Definition['outputs'] & string as CamelCase<Name>]: string | number | boolean | object
}

/** `trusted-root` → `trustedRoot`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
