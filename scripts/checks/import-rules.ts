/** Who may import whom: the directions of `source/README.md`, each with its reason. */

/** A folder of source/, or a file directly in it. */
export interface Layer {
  readonly name: string;
  /** Other layers it may import from; itself always. */
  readonly mayImport: readonly string[];
  /** Layers of which it may import types and nothing else. */
  readonly typesOnly?: readonly string[];
  readonly sentence: string;
  readonly reason: string;
}

const EVERYTHING =
  'domain formats exports store engines tenant threads help import case acquire console screens commands';

export const LAYERS: readonly Layer[] = [
  {
    name: 'domain',
    mayImport: [],
    sentence: 'The domain imports nothing but itself.',
    reason: 'What a record means must not depend on where it came from or how it is shown.',
  },
  {
    name: 'formats',
    mayImport: ['domain'],
    sentence: 'A format knows the domain only.',
    reason: 'Text in, rows out: where rows are kept is not its concern; hand them to the import.',
  },
  {
    name: 'exports',
    mayImport: ['domain'],
    sentence: 'An export knows the domain only.',
    reason: 'It writes what it is given; who calls it asks the store.',
  },
  {
    name: 'store',
    mayImport: ['domain'],
    sentence: 'The store knows the domain only.',
    reason: 'The case folder outlives every screen and format; parse in the import, then store.',
  },
  {
    name: 'tenant',
    mayImport: ['domain'],
    sentence: 'The tenant knows the domain only.',
    reason: 'It fetches; what is kept of that is decided in acquire/.',
  },
  {
    name: 'engines',
    mayImport: ['domain'],
    sentence: 'A query plan knows the domain only.',
    reason: 'It says what is asked of a log engine; who asks it, and how, does not matter to it.',
  },
  {
    name: 'help',
    mayImport: [],
    sentence: 'Help topics import nothing.',
    reason: 'They are text, for whoever shows it.',
  },
  {
    name: 'threads',
    mayImport: ['domain'],
    sentence: 'How threads talk knows the domain only.',
    reason: 'It carries calls and events; what a thread does lies beside what it runs.',
  },
  {
    name: 'import',
    mayImport: ['domain', 'formats', 'store', 'threads'],
    sentence: 'An import joins formats and store.',
    reason: 'It turns files into rows of the case; who asked for it does not matter to it.',
  },
  {
    name: 'case',
    mayImport: ['domain', 'formats', 'exports', 'store', 'threads', 'import'],
    sentence: 'The case knows the store, and of the import how tables are made again.',
    reason: 'Questions and acts are the same for a command, the console and a test.',
  },
  {
    name: 'acquire',
    mayImport: ['domain', 'formats', 'exports', 'store', 'tenant', 'threads', 'import'],
    sentence: 'Acquiring joins tenant, import and store, and knows no screen.',
    reason: 'It says what happens in events; a command and the console show them.',
  },
  {
    name: 'console',
    mayImport: ['domain', 'exports', 'help'],
    typesOnly: ['case', 'import', 'acquire'],
    sentence:
      'The console knows the domain, export formats and help topics, and types of the case and its tasks.',
    reason: 'update(state, event) is pure; a task is asked for by an effect, which is data.',
  },
  {
    name: 'screens',
    mayImport: ['console', 'domain'],
    sentence: 'A screen draws what the console shows.',
    reason: 'A component that asks the case itself could not be tested without one.',
  },
  {
    name: 'commands',
    mayImport: ['case', 'import', 'acquire', 'domain', 'engines', 'exports', 'help'],
    sentence: 'A command is flags in, a task or a question, and a printed answer.',
    reason: 'Logic in a command is out of the console’s reach; put it into the case or a task.',
  },
  {
    name: 'runtime',
    mayImport: ['domain', 'exports', 'case', 'import', 'acquire', 'console'],
    sentence: 'What carries out effects knows the console and what runs, and no screen.',
    reason: 'A test drives the console through it without a terminal; runtime.ts adds the screen.',
  },
  {
    name: 'runtime.ts',
    mayImport: [...EVERYTHING.split(' '), 'runtime'],
    sentence: 'The runtime joins everything, and only it.',
    reason: 'One place that builds the case and the console and carries out effects.',
  },
  {
    name: 'cli.ts',
    mayImport: ['runtime.ts', 'commands', 'domain'],
    sentence: 'The command line knows the runtime and the commands.',
    reason: 'It reads arguments and decides the exit code; all else is below.',
  },
  {
    name: 'launch.ts',
    mayImport: ['quiet-sqlite.ts', 'cli.ts'],
    sentence: 'The launcher loads the command line, after a look at the Node version.',
    reason: 'Whatever it imports statically must parse on an old Node.',
  },
  {
    name: 'quiet-sqlite.ts',
    mayImport: [],
    sentence: 'What runs before everything else imports nothing.',
    reason: 'It is part of the launcher, which an old Node must be able to read.',
  },
];

export const UNKNOWN_LAYER = {
  sentence: 'Every folder of source/ is on the map.',
  reason: 'Add it to LAYERS in scripts/checks/import-rules.ts, with what it may import and why.',
};

/** Packages and Node modules, and the only places that may import them. */
export interface PackageRule {
  readonly packages: RegExp;
  /** Paths, from the root, that may. */
  readonly only: RegExp;
  /** Others may still name its types. */
  readonly typesAllowed?: boolean;
  readonly sentence: string;
  readonly reason: string;
}

const NETWORK = /^(node:)?(http|https|http2|net|tls|dgram|dns)(\/|$)|^(@azure\/|undici$)/;

export const PACKAGE_RULES: readonly PackageRule[] = [
  {
    packages: /^node:/,
    only: /^source\/(?!domain\/|console\/)/,
    sentence: 'Domain and console do no IO.',
    reason: 'They are pure, so that every state can be made in a test; let an effect do it.',
  },
  {
    packages: /^node:worker_threads$/,
    only: /^source\/threads\//,
    sentence: 'Only threads/ starts threads and sends them messages.',
    reason: 'One way to call, to cancel and to tell of a crash; see startThread and serveThread.',
  },
  {
    packages: NETWORK,
    only: /^source\/tenant\//,
    sentence: 'Only tenant/ touches the network.',
    reason: 'Evidence must not leave the machine by a road that nobody watches.',
  },
  {
    packages: /^(node:)?child_process$/,
    only: /^source\/tenant\/authenticate\/open-browser\.ts$/,
    sentence: 'Other programs are started in one place.',
    reason: 'They must not be given the secrets of the environment (MIA_*).',
  },
  {
    packages: /^(ink|react)(\/|$)/,
    only: /^source\/(screens\/|runtime\.ts$)/,
    sentence: 'Only screens know React and Ink.',
    reason: 'What is shown is decided in console/, as data; screens only draw.',
  },
  {
    packages: /^(lowdb|node:sqlite)(\/|$)/,
    only: /^source\/store\//,
    typesAllowed: true,
    sentence: 'Only store/ touches the case folder.',
    reason: 'Locks, modes and fsync are kept in one place; ask the store.',
  },
  {
    packages: /^meow$/,
    only: /^source\/(cli\.ts$|commands\/)/,
    sentence: 'Only the command line parses flags.',
    reason: 'Below it, options are typed values.',
  },
];
