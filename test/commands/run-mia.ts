import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import type { Environment, ExitCode } from '../../source/commands/command.ts';
import { runCommandLine } from '../../source/commands/run.ts';

export interface Answer {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

const notHere = (): never => {
  throw new Error('nothing is drawn in this test');
};

/** A world without a terminal; parts of it can be replaced. */
export const quietEnvironment = (over: Partial<Environment>): Environment => ({
  argv: [],
  caseFolder: null,
  analyst: 'kim',
  variables: {},
  stdin: Readable.from([]),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  version: '0.1.0',
  now: () => '2026-09-26T10:00:00Z',
  milliseconds: () => 0,
  signal: new AbortController().signal,
  demoFolder: '/nowhere',
  renderTable: notHere,
  runConsole: notHere,
  ...over,
});

/** Runs a command line in this process. */
export const runMia = async (
  argv: readonly string[],
  over: Partial<Environment> = {},
): Promise<Answer> => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const texts = [stdout, stderr].map((stream) => stream.toArray());
  const code = await runCommandLine(quietEnvironment({ argv, stdout, stderr, ...over }));
  stdout.end();
  stderr.end();
  const [out, err] = await Promise.all(texts);
  return {
    code,
    stdout: Buffer.concat(out ?? []).toString(),
    stderr: Buffer.concat(err ?? []).toString(),
  };
};

export interface World {
  /** Holds the case in `case` and the files written. */
  readonly folder: string;
  readonly mia: (...argv: readonly string[]) => Promise<Answer>;
  readonly file: (name: string, content: string | Uint8Array) => string;
}

/** A temporary folder with a case in it. */
export const world = (t: TestContext): World => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-commands-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    folder,
    file,
    mia: (...argv) => runMia(argv, { caseFolder: join(folder, 'case') }),
  };
};

interface Written {
  readonly session: string | null;
  readonly ids: readonly string[];
  readonly address?: string;
  readonly time?: string;
  readonly folder?: string;
  readonly user?: string;
  readonly sync?: boolean;
  readonly client?: string;
}

/** AuditData of one record, as the Management Activity API and the bare NDJSON files carry it. */
export const auditLine = (number: number, record: Written): string => {
  const user = record.user ?? 'g.jacobs@contoso.example';
  const access = record.sync === true ? 'Sync' : 'Bind';
  const folder = record.folder ?? '\\Inbox';
  return JSON.stringify({
    CreationTime: record.time ?? `2026-09-24T10:0${number % 10}:00`,
    Id: `0d1f3c66-0000-4000-8000-${String(number).padStart(12, '0')}`,
    Operation: 'MailItemsAccessed',
    OrganizationId: 'd2f1c6a5-3a0e-4c4e-9d8f-111111111111',
    RecordType: record.sync === true ? 2 : 50,
    ResultStatus: 'Succeeded',
    UserType: 0,
    Version: 1,
    Workload: 'Exchange',
    UserId: user,
    MailboxGuid: '5d2c0a3e-0f3a-4a55-9a53-6a7c0f3b1d11',
    MailboxOwnerUPN: user,
    LogonType: 0,
    ClientIPAddress: record.address ?? '203.0.113.7',
    ClientInfoString: record.client ?? 'Client=OWA;Action=ViaProxy',
    ...(record.session === null ? {} : { SessionId: record.session }),
    OperationProperties: [
      { Name: 'MailAccessType', Value: access },
      { Name: 'IsThrottled', Value: 'False' },
    ],
    ...(record.sync === true
      ? { Item: { Id: 'F1', ParentFolder: { Id: 'F1', Name: 'Inbox', Path: folder } } }
      : {
          OperationCount: record.ids.length,
          Folders: [
            {
              Id: `F-${folder}`,
              Path: folder,
              FolderItems: record.ids.map((id, at) => ({
                ...(id === '' ? {} : { InternetMessageId: `<${id}>` }),
                Id: `AAMk${number}-${at}`,
                SizeInBytes: 1000 + at,
              })),
            },
          ],
        }),
  });
};

export const ONE = '2f0d4a5e-8c1e-4c53-8f39-5a8f7a1d0c01';
export const TWO = '2f0d4a5e-8c1e-4c53-8f39-5a8f7a1d0c02';

/** Two sessions, one of them from two addresses, an item without an id, and a derived session. */
export const SMALL_LOG = [
  auditLine(1, { session: ONE, ids: ['one@contoso.example', 'two@contoso.example'] }),
  auditLine(2, { session: ONE, ids: ['two@contoso.example', ''], address: '198.51.100.9' }),
  auditLine(3, { session: TWO, ids: ['three@contoso.example'], address: '2603:10a6:10:1::5' }),
  auditLine(4, { session: null, ids: ['four@contoso.example'], user: 'm.visser@contoso.example' }),
].join('\n');

export const SMALL_TRACE = [
  '"MessageTraceId","MessageId","Received","SenderAddress","RecipientAddress","FromIP","ToIP","Subject","Status","Size"',
  '"11111111-0000-4000-8000-000000000001","<one@contoso.example>","2026-09-23T08:00:00.0480000Z","anna@fabrikam.example","g.jacobs@contoso.example","","","=1+1 wire","Delivered","1200"',
  '',
].join('\r\n');
