/** A value in a document. `start` and `end` are offsets in its text; a block ends where its last value does. */
export type YamlNode = YamlScalar | YamlList | YamlMap | YamlAlias

export interface YamlScalar {
  readonly kind: 'scalar'
  readonly text: string
  /** Without quotes, and no block: what can mean null. */
  readonly plain: boolean
  readonly start: number
  readonly end: number
}

export interface YamlList {
  readonly kind: 'list'
  readonly items: YamlNode[]
  readonly start: number
  end: number
}

export interface YamlMap {
  readonly kind: 'map'
  /** In order; no key is there twice. */
  readonly pairs: YamlPair[]
  readonly start: number
  end: number
}

export interface YamlPair {
  readonly key: YamlNode
  value: YamlNode | undefined
}

export interface YamlAlias {
  readonly kind: 'alias'
  readonly name: string
  /** Undefined when no anchor before it has its name. */
  readonly target: YamlNode | undefined
  readonly start: number
  readonly end: number
}
