/** A small case in which every table of records.db has rows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { graphMessageTrace } from '../../source/formats/traces/message-trace.ts';
import { openCase } from '../../source/case/case.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { appendLookups } from '../../source/store/lookup-log.ts';
import { importInto, NOW, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { bind, INTRUDER, mailboxGuid, otherOperation, sync } from './made-records.ts';
import type { MadeCase } from './on-case.ts';

const TOKEN = 'vNB0GVLcq0SFLhthtzWAAA';
const at = (day: number): string => `2026-09-${String(day).padStart(2, '0')}T08:05:00`;
const token = { AppAccessContext: { UniqueTokenId: TOKEN } };

const otherId = { AppAccessContext: { AADSessionId: 'aad-other' } };

const FIRST = [
  ...Array.from({ length: 12 }, (_, number) =>
    bind({
      id: number,
      at: at(number + 1),
      session: `s-${number % 4}`,
      address: number % 3 === 0 ? INTRUDER : '198.51.100.9',
      mailbox: number % 5 === 0 ? 'otto' : 'vera',
      folder: number % 2 === 0 ? '\\Inbox' : '\\Archive',
      messages: [`m${number}`, `m${number + 1}`, 'first'],
      over: number === 3 ? token : number === 4 ? otherId : {},
    }),
  ),
  sync({ id: 20, at: at(14), session: 's-0', address: INTRUDER, folder: 'Archive' }),
  bind({ id: 21, at: at(15), session: null, address: INTRUDER, throttled: true }),
  bind({
    id: 22,
    at: at(16),
    session: null,
    over: {
      OperationCount: 5,
      Folders: [{ Id: 'f', Path: '\\Inbox', FolderItems: [{ Id: 'item only', SizeInBytes: 7 }] }],
    },
  }),
  otherOperation({ id: 23 }),
];
const SECOND = [
  bind({ id: 1, at: at(2), session: 's-1', messages: ['else'] }),
  bind({ id: 2, at: at(3), session: 's-2', address: '198.51.100.9', messages: ['m2'] }),
  bind({ id: 30, at: at(20), session: 's-30', messages: ['m1', 'm30'], over: token }),
  '{"CreationTime":"2026-09-21T08:05:00","Operation":"MailItemsAccessed","Id":',
  bind({ id: 32, at: at(23), over: { Id: undefined } }),
  bind({ id: 31, at: at(22), over: { MailboxGuid: undefined } }),
];

const SIGN_INS = ['one', 'two'].map((id) => ({
  id,
  createdDateTime: '2026-09-14T08:00:00Z',
  userPrincipalName: 'vera@contoso.example',
  ipAddress: INTRUDER,
  sessionId: id === 'one' ? 's-0' : null,
  uniqueTokenIdentifier: id === 'two' ? TOKEN : null,
  appId: '9ac41f00-1111-4222-8333-444455556666',
  isInteractive: true,
  status: { errorCode: 0 },
  location: { city: 'Lagos', countryOrRegion: 'NG' },
}));

/** Paths of files that can be imported in any order. */
export const richFiles = (files: string): readonly string[] => {
  const signIns = join(files, 'sign-ins.json');
  writeFileSync(signIns, JSON.stringify({ value: SIGN_INS }));
  const again = join(files, 'sign-ins-again.json');
  const contradicting = SIGN_INS.map((one) => ({ ...one, ipAddress: '192.0.2.77' }));
  writeFileSync(again, JSON.stringify({ value: contradicting }));
  const trace = graphMessageTrace.sample.replaceAll('a4@fabrikam', 'first@fabrikam');
  return [
    writeLines(files, 'first.jsonl', FIRST),
    writeLines(files, 'second.jsonl', SECOND),
    writeLines(files, 'trace.json', [trace]),
    writeLines(files, 'trace-again.json', [`${trace}  `]),
    signIns,
    again,
  ];
};

/** Judged, looked up, and closed. */
export const richCase = async (context: Pick<TestContext, 'after'>): Promise<MadeCase> => {
  const files = temporaryFolder(context);
  const folder = join(files, 'case');
  const paths = richFiles(files);
  await importInto(folder, paths);
  const asked = { at: NOW, service: 'messageTrace' } as const;
  const from = '2026-09-01T00:00:00Z';
  const ofTraffic = { from, to: NOW, rows: 3, source: null, complete: true };
  appendLookups(openCaseFolder(folder, { create: false }), [
    {
      ...asked,
      mailbox: mailboxGuid('vera'),
      messageId: 'm2@fabrikam.example',
      itemId: null,
      end: 'notFound',
      how: 'traffic',
      detail: null,
    },
    { ...asked, address: 'vera@contoso.example', direction: 'received', ...ofTraffic },
  ]);
  const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
  const [one, two] = [...theCase.sessions({})].map(({ key }) => key);
  const mark = { contexts: [], reason: null };
  theCase.judging.mark({ ...mark, verdict: 'malicious', sessions: [one ?? ''] });
  theCase.judging.mark({ ...mark, verdict: 'benign', sessions: [two ?? ''] });
  theCase.close();
  return { files, folder, paths };
};
