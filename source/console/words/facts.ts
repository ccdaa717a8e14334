import { forTerminal } from '../../domain/terminal-text.ts';

/** A fact and its name; an empty name continues the one above. */
export type Fact = readonly [name: string, value: string];

export const said = (value: string | null): string =>
  value === null ? 'not stated' : forTerminal(value);

export const listed = (name: string, values: readonly string[], one = name): readonly Fact[] => {
  const [first, ...others] = values;
  if (first === undefined) return [[name, 'not stated']];
  const head: Fact = [others.length > 0 ? name : one, forTerminal(first)];
  return [head, ...others.map((value): Fact => ['', forTerminal(value)])];
};
