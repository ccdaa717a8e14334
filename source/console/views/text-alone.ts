import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../keys/bindings.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { lineOf } from './spans.ts';
import { breakAnywhere, wrapText } from './wrap.ts';

const NAME = /^ +(?:\S+ {2,})?/;

/** Words stay whole; what is set in stays so, and behind a name all of it hangs. */
const wrapped = (line: string, width: number): readonly string[] => {
  const name = NAME.exec(line)?.[0] ?? '';
  return wrapText(line.slice(name.length), width - name.length).map((part, index) =>
    index === 0 ? `${name}${part}` : `${' '.repeat(name.length)}${part}`,
  );
};

/** A text in lines of the terminal: words stay whole where they are words. */
export const aloneLines = (text: string, { size }: Pick<ConsoleState, 'size'>): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const shown = forTerminal(line);
    return shown.startsWith('{') || shown.includes('"')
      ? breakAnywhere(shown, size.columns)
      : wrapped(shown, size.columns);
  });

/** The text and nothing else at its sides, to be copied by hand. */
export const textAlone = (state: ConsoleState): readonly Line[] => {
  const { dialog, size } = state;
  if (dialog?.dialog !== 'text') return [];
  const page = size.rows - 1;
  const lines = aloneLines(dialog.text, state).slice(dialog.top, dialog.top + page);
  return [
    ...lines.map((line) => lineOf(line)),
    ...Array.from({ length: page - lines.length }, () => lineOf('')),
    lineOf(`${dialog.what}, alone; ${keyOf('text-close')} leads back`, 'dim'),
  ];
};
