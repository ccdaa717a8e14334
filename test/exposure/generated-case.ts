/** A case made by the program's own commands, and beside it what the plain computation needs. */
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../commands/run-mia.ts';
import { importInto } from '../import/temporary-case.ts';
import { generatedFiles } from './generated-files.ts';
import { guidOf, MAILBOXES } from './generated-records.ts';
import type { PlainFile } from './plain-reading.ts';
import { type PlainLog, readLog } from './plain-records.ts';
import { isAlike } from './plain-messages.ts';
import {
  contextsOf,
  type PlainContext,
  type PlainDecision,
  type PlainStep,
} from './plain-verdicts.ts';
import { printed, type PrintedSummary } from './product-figures.ts';
import { Random } from './random.ts';

export interface GeneratedCase {
  readonly log: PlainLog;
  readonly steps: readonly PlainStep[];
}

const decisionsOf = ({ folder }: World): readonly PlainDecision[] => {
  const path = join(folder, 'case', 'decisions.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as PlainDecision);
};

const DAY = 86_400_000;

const markOf = (log: PlainLog, random: Random): readonly string[] => {
  const contexts = contextsOf(log);
  const verdict = random.one(['--malicious', '--malicious', '--benign', '--benign', '--clear']);
  const whole = random.percent(verdict === '--benign' ? 30 : 60);
  const keys = [...new Set(contexts.map(({ key, session }) => (whole ? session : key)))];
  return ['mark', ...random.some(keys, verdict === '--benign' ? 8 : 2), verdict];
};

const windowOf = (random: Random): readonly string[] => {
  const mailbox = random.percent(40) ? ['--mailbox', guidOf(random.one(MAILBOXES))] : [];
  if (random.percent(10)) return ['window', '--clear', ...mailbox];
  const from = Date.parse('2026-09-09T08:00:00Z') + random.between(0, 14) * (DAY / 2);
  const to = from + random.between(1, 6) * (DAY / 4);
  const ends = [
    ['--from', new Date(from).toISOString()],
    ['--to', new Date(to).toISOString()],
  ];
  const chosen = random.percent(50) ? ends : [random.one(ends)];
  return ['window', ...chosen.flat(), ...mailbox];
};

const rebutOf = async (world: World, random: Random): Promise<readonly string[]> => {
  const { mailboxes } = await printed<PrintedSummary>(world, 'summary', '--json');
  const gaps = mailboxes.flatMap(({ guid, gaps: own }) => own.map((gap) => ({ guid, gap })));
  if (gaps.length === 0) return windowOf(random);
  const { guid, gap } = random.one(gaps);
  const back = random.percent(20) ? ['--clear'] : [];
  return [
    'rebut',
    '--mailbox',
    guid,
    '--from',
    gap.from,
    '--to',
    gap.to,
    ...back,
    '--because',
    'x',
  ];
};

/** Of a mailbox that is presumed copied, where there is one. */
const rebutSyncOf = async (world: World, random: Random): Promise<readonly string[]> => {
  const { mailboxes } = await printed<PrintedSummary>(world, 'summary', '--json');
  const copied = mailboxes.filter(({ syncedFolders }) => syncedFolders.length > 0);
  const back = random.percent(20) ? ['--clear'] : [];
  const mailbox = copied.length === 0 ? guidOf(random.one(MAILBOXES)) : random.one(copied).guid;
  return ['rebut', '--sync', '--mailbox', mailbox, '--because', 'examined', ...back];
};

/** The same but for device and application, so that a repeat of one by the other leaves no record. */
const alikePairs = (log: PlainLog): readonly (readonly [PlainContext, PlainContext])[] => {
  const contexts = contextsOf(log);
  return contexts.flatMap((one) =>
    contexts
      .filter((other) => other.key !== one.key && isAlike(one, other))
      .map((other) => [one, other] as const),
  );
};

/** One of two that are alike is the intruder; all others are known to be none. */
const splitOf = (log: PlainLog, random: Random): readonly (readonly string[])[] => {
  const pairs = alikePairs(log);
  if (pairs.length === 0) return [];
  const [, intruder] = random.one(pairs);
  const others = contextsOf(log).filter(({ key }) => key !== intruder.key);
  return [
    ['mark', ...others.map(({ key }) => key), '--benign'],
    ['mark', intruder.key, '--malicious'],
  ];
};

const containOf = (random: Random): readonly string[] => [
  'contain',
  ...(random.percent(30) ? ['--mailbox', guidOf(random.one(MAILBOXES))] : []),
  ...random.one([['--clear'], ['--rules', '2026-09-15'], ['--sessions', '2026-09-16T12:00Z']]),
];

const nextDecision = async (
  world: World,
  log: PlainLog,
  random: Random,
): Promise<readonly string[]> => {
  const which = random.between(0, 12);
  if (which < 6) return markOf(log, random);
  if (which < 8) return windowOf(random);
  if (which < 10) return rebutOf(world, random);
  return which < 12 ? rebutSyncOf(world, random) : containOf(random);
};

/**
 * Files are imported one after the other and decisions made between them. A decision may be refused
 * (a benign verdict on a varied session, a mailbox that is not there): then it is none.
 */
export const generatedCase = async (
  world: World,
  seed: number,
  isBulky: boolean,
): Promise<GeneratedCase> => {
  const random = new Random(seed);
  const imported: PlainFile[] = [];
  const steps: PlainStep[] = [];
  let log = readLog(imported);
  const decide = async (argv: readonly string[]): Promise<void> => {
    await world.mia(...argv);
    const made = decisionsOf(world).slice(steps.length);
    steps.push(...made.map((decision) => ({ decision, log })));
  };
  for (const { name, text } of generatedFiles(random, isBulky)) {
    // On this thread: the command would start one, which loads all anew, for each of the files.
    await importInto(join(world.folder, 'case'), [world.file(name, text)]);
    imported.push({ name, text });
    log = readLog(imported);
    if (random.percent(15)) for (const argv of splitOf(log, random)) await decide(argv);
    for (let more = random.between(1, 4); more > 0; more -= 1)
      await decide(await nextDecision(world, log, random));
  }
  if (random.percent(30)) await decide(['contain', '--rules', '2026-09-15', '--by', 'IT']);
  if (random.percent(40)) for (const argv of splitOf(log, random)) await decide(argv);
  return { log, steps };
};
