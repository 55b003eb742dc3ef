import type { ActionDefinition, InputsOf, OutputsOf } from './definition.ts'
import type { Step } from './step.ts'

export type Main<Definition extends ActionDefinition> = (
  input: InputsOf<Definition>,
  step: Step,
) => Promise<OutputsOf<Definition>>

/** An action ready to be run on GitHub or in a terminal. Its inputs were parsed by its definition. */
export interface Action {
  readonly definition: ActionDefinition
  run(input: Readonly<Record<string, unknown>>, step: Step): Promise<Readonly<Record<string, unknown>>>
}

/** Binds action.yml to the one call that does its work. */
export function action<const Definition extends ActionDefinition>(
  definition: Definition,
  main: Main<Definition>,
): Action {
  // parseInputs made the record from this very definition, which the compiler cannot see.
  return { definition, run: (input, step) => main(input as InputsOf<Definition>, step) }
}
