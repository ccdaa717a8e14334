import { forTerminal } from '../domain/terminal-text.ts';
import type {
  AuthenticationEvent,
  AuthenticationReport,
} from '../acquire/authenticate/authenticate.ts';
import { authenticate } from '../acquire/authenticate/authenticate.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { note, printDocument, printLines, valueMembers, wantsJson } from './report.ts';
import { wrappedLines } from './wrapped-lines.ts';
import { sayNotice, tenantOrder } from './tenant-task.ts';
import { printProblem } from './report.ts';

const WORKS = { yes: 'works', no: 'does not work', untried: 'not tried' } as const;

/** What people are shown: who, where, and a line or three for each ability. */
const reportLines = (report: AuthenticationReport): readonly string[] => {
  const { account, tenant, tenantId, cloud, method, clientId, abilities } = report;
  const where = tenant === tenantId ? tenantId : `${tenant} (${tenantId})`;
  const lines = [
    `Signed in as  ${forTerminal(account.name)}${account.kind === 'application' ? ', the application itself' : ''}`,
    `      tenant  ${forTerminal(where)}, cloud ${cloud}`,
    ` application  ${clientId}, by ${method}`,
    '',
  ];
  for (const { title, works, endpoint, reason, advice } of abilities) {
    const asked = endpoint === null ? '' : `  ${endpoint}`;
    lines.push(`  ${title.padEnd(15)}${WORKS[works].padEnd(15)}${asked}`.trimEnd());
    for (const text of [reason, advice])
      if (text !== null) lines.push(...wrappedLines(text, 62).map((line) => ' '.repeat(17) + line));
  }
  return lines;
};

const printReport = async (invocation: Invocation, report: AuthenticationReport): Promise<void> => {
  const { environment } = invocation;
  if (wantsJson(invocation))
    await printDocument(environment, 'mia.sign-in/1', valueMembers(report));
  else await printLines(environment, reportLines(report));
  note(
    environment,
    report.remembered
      ? 'The sign-in is remembered, encrypted; mia sign-out forgets it.'
      : 'The sign-in ends with this command; --remember keeps it, encrypted.',
  );
  if (report.notedInCase) note(environment, 'The case notes tenant, application and method.');
};

const follow = async (
  invocation: Invocation,
  events: AsyncIterable<AuthenticationEvent>,
): Promise<ExitCode> => {
  const { environment } = invocation;
  for await (const event of events)
    switch (event.event) {
      case 'notice':
        sayNotice(environment, event.notice);
        break;
      case 'signed-in':
        note(environment, 'Signed in. Looking what is permitted…');
        break;
      case 'waiting':
        note(environment, `Waiting until ${event.wait.until} (${event.wait.after ?? 'own pace'}).`);
        break;
      case 'finished':
        await printReport(invocation, event.report);
        return 0;
      case 'cancelled':
        note(environment, 'Cancelled. Nobody is signed in.');
        return 130;
      case 'failed':
        printProblem(environment, event.problem, event.hint);
        return 1;
    }
  return 1;
};

export const signIn: Command = {
  name: 'sign-in',
  summary: 'signs in to a tenant and shows what will work there',
  argumentsLine: '',
  details:
    'Shows as whom, and which of audit search, message trace, mailbox and sign-in log will work, with\n' +
    'what to do about the rest. For that it makes one query of a single minute in audit search, and\n' +
    'otherwise only reads. Methods: device-code (a code to enter on any device), browser,\n' +
    'client-secret and client-certificate. Secrets come from the environment or are asked for, and\n' +
    'are never written down: $MIA_CLIENT_SECRET, $MIA_CERTIFICATE (a PEM file, with\n' +
    '$MIA_CERTIFICATE_PASSPHRASE), $MIA_PASSPHRASE for --remember. HTTPS_PROXY and NO_PROXY are\n' +
    'honoured. The README says how to register the application.',
  flags: ['tenant', 'clientId', 'method', 'cloud', 'remember', 'json'],
  examples: [
    'mia sign-in --tenant contoso.onmicrosoft.com --client-id 11111111-2222-3333-4444-555555555555',
    'MIA_CLIENT_SECRET=… mia sign-in --method client-secret --json',
  ],
  run: (invocation) => {
    const events = authenticate({ ...tenantOrder(invocation), anew: true });
    return follow(invocation, events);
  },
};
