import { EXPOSURE_CLASSES } from '../domain/exposure/exposure-class.ts';
import { UsageError } from './usage-error.ts';

/** Every flag of every command: a flag means the same wherever it is taken. */
interface FlagSpec {
  readonly type: 'string' | 'boolean' | 'list';
  /** What stands for its value in help. */
  readonly value?: string;
  readonly text: string;
  readonly choices?: readonly string[];
}

const toggle = (text: string): FlagSpec => ({ type: 'boolean', text });
const value = (name: string, text: string, choices?: readonly string[]): FlagSpec => ({
  ...{ type: 'string', value: name, text },
  ...(choices === undefined ? {} : { choices }),
});
const list = (name: string, text: string): FlagSpec => ({ type: 'list', value: name, text });

const spec = <Names extends string>(flags: Record<Names, FlagSpec>) => flags;

export const FLAGS = spec({
  case: value('DIR', 'the case folder; else $MIA_CASE, else ./cache'),
  analyst: value('NAME', 'who decides; else $MIA_ANALYST, else as the case says'),
  json: toggle('print one JSON document, alone, on standard output'),
  help: toggle('show this help'),
  version: toggle('show the version'),
  user: list('NAME', 'actor or mailbox owner, without case (repeatable)'),
  ip: list('ADDR|CIDR', 'an address or a network (repeatable)'),
  app: list('ID|NAME', 'AppId or ClientAppId, or a known application: EWS (repeatable)'),
  since: value('TIME', 'from this time on (ISO 8601, UTC assumed)'),
  until: value('TIME', 'before this time'),
  verdict: value('VERDICT', 'malicious, benign, mixed or undecided', [
    'malicious',
    'benign',
    'mixed',
    'undecided',
  ]),
  class: value('CLASS', 'confirmed, presumed, open or benignOnly', EXPOSURE_CLASSES),
  session: list('KEY', 'of this session or context (repeatable)'),
  ids: toggle('print each bare message id once, one a line'),
  words: toggle('lines are words of subject, sender, recipients or folder, and no ids'),
  input: value('FILE', 'read ids from this file, one a line; - is standard input'),
  newCase: toggle('make a case in a folder that holds other files; others lose access to it'),
  keep: toggle('leave the bytes where they are; note path and hash'),
  malicious: toggle('the intruder'),
  benign: toggle('not the intruder; holds for what is there now'),
  clear: toggle('undecided again'),
  because: value('TEXT', 'the reason, kept with the decision'),
  evenServiceAddresses: toggle("also contexts from the service's own addresses"),
  from: value('TIME', 'start (ISO 8601, UTC assumed)'),
  to: value('TIME', 'end'),
  mailbox: list('OWNER|GUID', 'of this mailbox only (repeatable)'),
  format: value('FORMAT', 'json (unless said), csv, html or md'),
  out: value('PATH', 'a file, or a folder (FOLDER/) that gets all sheets; else standard output'),
  sheet: value('NAME', 'of CSV: messages (unless said), summary, people … (all are named above)'),
  schema: toggle('print the JSON Schema of mia.exposure/2 and stop'),
  tenant: value('TENANT', 'its id or domain; else $MIA_TENANT, else the case'),
  clientId: value('ID', 'of the app registration; else $MIA_CLIENT_ID, else the case'),
  method: value(
    'METHOD',
    'how to sign in: device-code (unless said), browser, client-secret, client-certificate',
    ['device-code', 'browser', 'client-secret', 'client-certificate'],
  ),
  cloud: value('NAME|FILE', 'global, gcc, usgov, dod, china, or a cloud file; else $MIA_CLOUD'),
  remember: toggle('keep the sign-in, encrypted with a passphrase'),
  fetch: toggle('ask the tenant for what the case does not know'),
  mailboxes: toggle('look into the mailboxes themselves too; that leaves audit records of its own'),
  thorough: toggle('ask for each message that is left by itself, however long it takes'),
  again: toggle('ask again what was asked last, for records that came late'),
  resume: toggle('go on with what was begun and has not ended'),
  api: value('API', 'search (unless said), or activity: the last seven days, unfiltered', [
    'search',
    'activity',
  ]),
  table: value(
    'TABLE',
    'cloudappevents (unless said), officeactivity, or a table with a column AuditData',
  ),
  records: list('KEY', 'the records of this session or context (repeatable)'),
  pages: value('N', 'into how many queries the records are cut (1 unless said)'),
  signIns: toggle('the sign-in log, of whoever acted in the sessions of the case'),
  quick: toggle('a short look: without reading the evidence once more'),
  head: value(
    'HASH',
    'a head that was kept elsewhere, as of an export: where does that decision stand?',
  ),
  stamp: value(
    'STAMP',
    'a stamp that was read out or kept elsewhere (mia stamp): where does that decision stand?',
  ),
  affirm: toggle('what mia did not write, and verify named, becomes yours: noted with your name'),
  sessions: value('TIME', 'when sessions and tokens were revoked'),
  consents: value('TIME', 'when consents to applications were removed'),
  rules: value('TIME', 'when mailbox rules and forwarding were removed'),
  delegations: value('TIME', 'when delegations were removed'),
  by: value('NAME', 'who did it'),
  sync: toggle('not a gap but the presumption that the mailbox was copied whole'),
  force: toggle('replace a file that is no earlier export'),
});

export type FlagName = keyof typeof FLAGS;

/** Flags as given: absent ones are absent. */
export interface Flags {
  readonly texts: Partial<Readonly<Record<FlagName, string>>>;
  readonly switches: Partial<Readonly<Record<FlagName, boolean>>>;
  readonly lists: Partial<Readonly<Record<FlagName, readonly string[]>>>;
}

export const isFlagName = (name: string): name is FlagName => Object.hasOwn(FLAGS, name);

/**
 * The one value of a flag that may be given several times elsewhere.
 * @throws UsageError where there are more.
 */
export const onlyValue = (flags: Flags, name: FlagName): string | undefined => {
  const [value, ...more] = flags.lists[name] ?? [];
  if (more.length === 0) return value;
  throw new UsageError(`${flagAsTyped(name)} was given more than once.`, 'Here it is given once.');
};

/** As typed: `evenServiceAddresses` is `--even-service-addresses`; a switch that is on unless said, `--no-keep`. */
export const flagAsTyped = (name: FlagName): string => {
  const dashed = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  return name === 'keep' ? '--no-keep' : `--${dashed}`;
};

export const GENERAL_FLAGS = ['case', 'analyst', 'help'] as const satisfies readonly FlagName[];
