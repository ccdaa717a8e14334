import {
  KNOWN_APPLICATIONS,
  type KnownApplication,
} from '../domain/baseline/known-applications.ts';
import type { Command } from './command.ts';
import { printDocument, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';

const COLUMNS: readonly Column<KnownApplication>[] = [
  { title: 'ID', cell: ({ id }) => id, whole: true },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'KIND', cell: ({ kind }) => kind, whole: true },
  { title: 'NOTE', cell: ({ note }) => note, spare: 2 },
  { title: 'SOURCE', cell: ({ source }) => source, spare: 0 },
  { title: 'AT', cell: ({ at }) => at, whole: true, spare: 1 },
];

export const apps: Command = {
  name: 'apps',
  summary: 'lists known applications: Microsoft’s own, tools, and those abused in break-ins',
  argumentsLine: '',
  details:
    'The list that comparisons name applications by, with where it is from and when. It ages, and an\n' +
    'application that is on it proves nothing.',
  flags: ['json'],
  examples: ['mia apps', 'mia apps --json'],
  run: async (invocation) => {
    const { environment } = invocation;
    if (wantsJson(invocation))
      await printDocument(environment, 'mia.apps/1', [
        ['applications', { list: KNOWN_APPLICATIONS }],
      ]);
    else await printTable(environment, COLUMNS, KNOWN_APPLICATIONS);
    return 0;
  },
};
