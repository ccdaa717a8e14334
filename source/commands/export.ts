import { exposureSchema } from '../exports/documents/exposure.ts';
import { EXPORT_FORMATS, exportFormat, exportPart } from '../exports/registry.ts';
import { scopeSentence } from '../domain/exposure/scope.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Case } from '../case/case.ts';
import { exportCase, exportedCase } from '../case/export/export-case.ts';
import { singlePart } from '../case/export/export-target.ts';
import { withCase } from './case-choice.ts';
import { caseFilter } from './case-filter.ts';
import type { Command, Invocation } from './command.ts';
import { checkMailboxes } from './mailbox-choice.ts';
import { writePaced } from './paced-output.ts';
import { note, printDocument, printLines, wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';

interface Asked {
  readonly format: string;
  readonly sheet: string | null;
  readonly out: string | null;
}

const asked = ({ flags }: Invocation): Asked => {
  const { format: formatName = 'json', sheet = null, out = null } = flags.texts;
  const format = exportFormat(formatName);
  if (format === undefined)
    throw new UsageError(
      `--format: there is no format "${formatName}".`,
      `Use one of ${EXPORT_FORMATS.map(({ name }) => name).join(', ')}.`,
    );
  if (sheet !== null && (format.parts.length === 1 || exportPart(format, sheet) === undefined))
    throw new UsageError(
      `--sheet: an export as ${format.name} has no sheet "${sheet}".`,
      format.parts.length === 1
        ? 'Sheets are of --format csv.'
        : `Use one of ${format.parts.map(({ name }) => name).join(', ')}.`,
    );
  const toStdout = out === null || out === '-';
  if (flags.switches.json === true && toStdout && format.name !== 'json')
    throw new UsageError(
      `--json and ${format.name} on standard output are two different outputs.`,
      'Leave --json out, or write the export elsewhere with --out PATH.',
    );
  return { format: format.name, sheet, out: toStdout ? null : out };
};

/** What is not in it, said on standard error: an empty export looks like a clean mailbox. */
const noteWhatIsMissing = (
  invocation: Invocation,
  theCase: Case,
  files: number,
  mailboxes: readonly string[] | undefined,
): void => {
  const { environment } = invocation;
  if (mailboxes !== undefined)
    note(environment, forTerminal(scopeSentence(theCase.scope(mailboxes))));
  const { format, sheet } = asked(invocation);
  const { malicious, mixed } = theCase.summary(mailboxes).sessions;
  if (malicious + mixed === 0)
    note(environment, 'No session is judged malicious yet, so no message in it is confirmed.');
  if (files === 1 && sheet === null && format === 'csv')
    note(
      environment,
      'It is the sheet of messages alone: --out FOLDER/ writes all sheets, --sheet another one.',
    );
};

export const exportCommand: Command = {
  name: 'export',
  summary: 'writes the marked set',
  argumentsLine: '',
  details:
    'Sessions with a verdict, and the messages confirmed and presumed: json is mia.exposure/2, csv has\n' +
    'a sheet each for the summary, messages, sessions, people, mailboxes, folders, gaps, decisions,\n' +
    'sources, fetches, lookups and sign-ins; html and md are a report to hand over, html to be opened\n' +
    'offline and printed. A list of a report ends after 2,000 rows and names the command for all.\n' +
    'Files are written whole, readable by you alone; a folder that is not there is made. An earlier\n' +
    'export is replaced; any other file only with --force. CSV is UTF-8 with a byte order mark,\n' +
    'since Excel garbles accents without it; cells that a spreadsheet would run begin with an apostrophe:\n' +
    'drop it, and turn \\uXXXX into its character, to have the raw value back.',
  flags: ['format', 'out', 'sheet', 'mailbox', 'force', 'schema', 'json'],
  flagTexts: {
    mailbox: 'of this mailbox only (repeatable); the export says so',
    json: 'with --out: say what was written as one JSON document',
  },
  examples: [
    'mia export --out exposure.json',
    'mia export --format html --out report.html',
    'mia export --format csv --out sheets/',
  ],
  run: async (invocation) => {
    const { environment, flags } = invocation;
    const { format, sheet, out } = asked(invocation);
    if (flags.switches.schema === true) {
      await printLines(environment, [JSON.stringify(exposureSchema(), null, 2)]);
      return 0;
    }
    const stamp = { generatedAt: environment.now(), toolVersion: environment.version };
    const { mailboxes } = caseFilter(flags);
    return withCase(invocation, async (theCase) => {
      checkMailboxes(theCase, mailboxes ?? []);
      if (out === null) {
        const text = singlePart(format, sheet).text(exportedCase(theCase, stamp, mailboxes));
        await writePaced(environment.stdout, text, environment.signal);
        noteWhatIsMissing(invocation, theCase, 0, mailboxes);
        return 0;
      }
      const force = flags.switches.force === true;
      const { signal } = environment;
      const written = await exportCase(theCase, {
        ...stamp,
        ...{ format, sheet, out, mailboxes, force, signal },
      });
      if (wantsJson(invocation))
        await printDocument(environment, 'mia.export/1', [['files', { list: written }]]);
      for (const { path, bytes } of written)
        note(environment, `Wrote ${forTerminal(path)} (${bytes.toLocaleString('en')} bytes).`);
      noteWhatIsMissing(invocation, theCase, written.length, mailboxes);
      return 0;
    });
  },
};
