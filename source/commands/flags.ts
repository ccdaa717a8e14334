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

const spec = <Names extends string>(flags: Record<Names, FlagSpec>) => flags;

export const FLAGS = spec({
  case: { type: 'string', value: 'DIR', text: 'the case folder; else $MIA_CASE, else ./cache' },
  analyst: {
    type: 'string',
    value: 'NAME',
    text: 'who decides; else $MIA_ANALYST, else as the case says',
  },
  json: { type: 'boolean', text: 'print one JSON document, alone, on standard output' },
  help: { type: 'boolean', text: 'show this help' },
  version: { type: 'boolean', text: 'show the version' },
  user: { type: 'list', value: 'NAME', text: 'actor or mailbox owner, without case (repeatable)' },
  ip: { type: 'list', value: 'ADDR|CIDR', text: 'an address or a network (repeatable)' },
  app: {
    type: 'list',
    value: 'ID|NAME',
    text: 'AppId or ClientAppId, or a known application: EWS (repeatable)',
  },
  since: { type: 'string', value: 'TIME', text: 'from this time on (ISO 8601, UTC assumed)' },
  until: { type: 'string', value: 'TIME', text: 'before this time' },
  verdict: {
    type: 'string',
    value: 'VERDICT',
    text: 'malicious, benign, mixed or undecided',
    choices: ['malicious', 'benign', 'mixed', 'undecided'],
  },
  class: {
    type: 'string',
    value: 'CLASS',
    text: 'confirmed, presumed, open or benignOnly',
    choices: EXPOSURE_CLASSES,
  },
  session: { type: 'list', value: 'KEY', text: 'of this session or context (repeatable)' },
  ids: { type: 'boolean', text: 'print each bare message id once, one a line' },
  input: {
    type: 'string',
    value: 'FILE',
    text: 'read ids from this file, one a line; - is standard input',
  },
  newCase: {
    type: 'boolean',
    text: 'make a case in a folder that holds other files; others lose access to it',
  },
  keep: { type: 'boolean', text: 'leave the bytes where they are; note path and hash' },
  malicious: { type: 'boolean', text: 'the intruder' },
  benign: { type: 'boolean', text: 'not the intruder; holds for what is there now' },
  clear: { type: 'boolean', text: 'undecided again' },
  because: { type: 'string', value: 'TEXT', text: 'the reason, kept with the decision' },
  evenServiceAddresses: { type: 'boolean', text: "also contexts from the service's own addresses" },
  from: { type: 'string', value: 'TIME', text: 'start (ISO 8601, UTC assumed)' },
  to: { type: 'string', value: 'TIME', text: 'end' },
  mailbox: { type: 'list', value: 'OWNER|GUID', text: 'of this mailbox only (repeatable)' },
  format: { type: 'string', value: 'FORMAT', text: 'json (unless said) or csv' },
  out: {
    type: 'string',
    value: 'PATH',
    text: 'a file, or a folder (FOLDER/) that gets all sheets; else standard output',
  },
  sheet: {
    type: 'string',
    value: 'NAME',
    text: 'of CSV: messages (unless said), summary, people … (all are named above)',
  },
  schema: { type: 'boolean', text: 'print the JSON Schema of mia.exposure/2 and stop' },
  tenant: {
    type: 'string',
    value: 'TENANT',
    text: 'its id or domain; else $MIA_TENANT, else the case',
  },
  clientId: {
    type: 'string',
    value: 'ID',
    text: 'of the app registration; else $MIA_CLIENT_ID, else the case',
  },
  method: {
    type: 'string',
    value: 'METHOD',
    text: 'how to sign in: device-code (unless said), browser, client-secret, client-certificate',
    choices: ['device-code', 'browser', 'client-secret', 'client-certificate'],
  },
  cloud: {
    type: 'string',
    value: 'NAME|FILE',
    text: 'global, gcc, usgov, dod, china, or a cloud file; else $MIA_CLOUD',
  },
  remember: { type: 'boolean', text: 'keep the sign-in, encrypted with a passphrase' },
  fetch: { type: 'boolean', text: 'ask the tenant for what the case does not know' },
  mailboxes: {
    type: 'boolean',
    text: 'look into the mailboxes themselves too; that leaves audit records of its own',
  },
  thorough: {
    type: 'boolean',
    text: 'ask for each message that is left by itself, however long it takes',
  },
  again: { type: 'boolean', text: 'ask again what was asked last, for records that came late' },
  resume: { type: 'boolean', text: 'go on with what was begun and has not ended' },
  api: {
    type: 'string',
    value: 'API',
    text: 'search (unless said), or activity: the last seven days, unfiltered',
    choices: ['search', 'activity'],
  },
  signIns: {
    type: 'boolean',
    text: 'the sign-in log, of whoever acted in the sessions of the case',
  },
  quick: { type: 'boolean', text: 'a short look: without reading the evidence once more' },
  head: {
    type: 'string',
    value: 'HASH',
    text: 'a head that was kept elsewhere, as of an export: where does that decision stand?',
  },
  affirm: {
    type: 'boolean',
    text: 'what mia did not write, and verify named, becomes yours: noted with your name',
  },
  sessions: { type: 'string', value: 'TIME', text: 'when sessions and tokens were revoked' },
  consents: { type: 'string', value: 'TIME', text: 'when consents to applications were removed' },
  rules: { type: 'string', value: 'TIME', text: 'when mailbox rules and forwarding were removed' },
  delegations: { type: 'string', value: 'TIME', text: 'when delegations were removed' },
  by: { type: 'string', value: 'NAME', text: 'who did it' },
  sync: {
    type: 'boolean',
    text: 'not a gap but the presumption that the mailbox was copied whole',
  },
  force: { type: 'boolean', text: 'replace a file that is no earlier export' },
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
