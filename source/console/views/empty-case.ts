import { keyOf } from '../keys/bindings.ts';
import type { CommandId } from '../keys/bindings.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { lineOf, span } from './spans.ts';

const way = (id: CommandId, name: string, words: string): Line => [
  span('   '),
  span(keyOf(id).padEnd(4), 'key'),
  span(name.padEnd(16), 'strong'),
  span(words),
];

const WAYS: readonly string[] = ['No way', 'One way', 'Two ways', 'Three ways'];

const waysToBegin = ({ canLoadDemo, temporary }: ConsoleState): readonly Line[] => [
  way('import', 'import files', 'audit log exports and message traces, in any format'),
  ...(temporary
    ? []
    : [way('fetch', 'fetch', 'sign in to Microsoft 365 and let the records come')]),
  ...(canLoadDemo ? [way('demo', 'demo', 'an invented break-in to try the keys on')] : []),
];

/** What to do when nothing is there yet. */
export const emptyCase = (state: ConsoleState): readonly Line[] => {
  const ways = waysToBegin(state);
  return [
    lineOf(''),
    lineOf(`   Nothing imported yet. ${WAYS[ways.length] ?? ''} to begin:`),
    lineOf(''),
    ...ways,
    lineOf(''),
    lineOf('   From a shell: mia import AuditRecords.csv trace.csv', 'dim'),
    lineOf(''),
    lineOf(
      '   Then: judge sessions, see which messages were exposed, export the marked set.',
      'dim',
    ),
  ];
};
