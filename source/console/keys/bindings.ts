import type { FormatName } from '../../exports/registry.ts';

/** Where the keyboard is: on a pane, or in what holds it above the panes. */
export type KeyContext =
  | 'sessions'
  | 'contexts'
  | 'records'
  | 'raw'
  | 'comparison'
  | 'messages'
  | 'exposure'
  | 'details'
  | 'prompt'
  | 'question'
  | 'contextByContext'
  | 'found'
  | 'filterMenu'
  | 'verdictMenu'
  | 'exportMenu'
  | 'fetchMenu'
  | 'methodMenu'
  | 'secret'
  | 'palette'
  | 'topic'
  | 'text';

/** An empty case has a footer of its own: there are three things to do. */
export type FooterContext = KeyContext | 'empty';

export interface Binding {
  readonly keys: readonly string[];
  readonly keyContexts: readonly KeyContext[];
  /** Shown in the footer there, in the order of this list. */
  readonly footer: readonly FooterContext[];
}

export const LEFT = ['sessions', 'contexts', 'records', 'raw', 'comparison'] as const;
export const PANES = [...LEFT, 'messages', 'exposure', 'details'] as const;
const JUDGING = [...LEFT, 'messages', 'details'] as const;
export const MENUS = [
  'filterMenu',
  'verdictMenu',
  'exportMenu',
  'fetchMenu',
  'methodMenu',
] as const;
const EVERYWHERE = [
  ...PANES,
  'prompt',
  'question',
  'contextByContext',
  'found',
  'filterMenu',
  'verdictMenu',
  'exportMenu',
  'fetchMenu',
  'methodMenu',
  'secret',
  'palette',
  'topic',
  'text',
] as const;

const on = (
  keys: string,
  keyContexts: readonly KeyContext[] = PANES,
  footer: readonly FooterContext[] = [],
): Binding => ({ keys: keys.split(' '), keyContexts, footer });

/** Every key of the console, once. What has a key here has a text in `texts.ts` and does something. */
export const BINDINGS = {
  'mark-malicious': on('m', PANES, ['sessions', 'contexts', 'comparison']),
  'mark-benign': on('b', JUDGING, ['sessions', 'contexts', 'comparison']),
  'clear-verdict': on('u', JUDGING, ['sessions', 'contexts']),
  'rebut-gap': on('b', ['exposure'], ['exposure']),
  'accept-gap': on('u', ['exposure'], ['exposure']),
  'access-window': on('W', PANES, ['exposure']),
  undo: on('z'),
  redo: on('Z'),
  reason: on('n'),

  select: on('space', PANES, ['sessions']),
  range: on('v'),
  'same-address': on('A'),
  'drop-selection': on('V'),

  open: on('enter', PANES, ['sessions', 'contexts', 'records', 'messages', 'exposure']),
  back: on('escape', PANES, ['contexts', 'records', 'raw', 'comparison', 'details']),
  raw: on('r', PANES, ['contexts', 'messages']),
  compare: on('d', PANES, ['contexts']),
  details: on('i', PANES, ['messages']),
  scope: on('w', PANES, ['messages']),
  search: on('/', PANES, ['sessions', 'messages']),
  'search-case': on('K'),
  sort: on('s'),
  filter: on('x'),
  'clear-filter': on('X', PANES, PANES),

  'next-pane': on('tab', PANES, ['exposure', 'details']),
  'previous-pane': on('shift-tab'),
  down: on('j down', [...PANES, 'text', 'topic'], ['topic']),
  up: on('k up', [...PANES, 'text', 'topic'], ['topic']),
  'page-down': on('pageDown ctrl-f', [...PANES, 'text', 'topic'], ['topic']),
  'page-up': on('pageUp ctrl-b', [...PANES, 'text', 'topic'], ['topic']),
  first: on('g home', [...PANES, 'text', 'topic']),
  last: on('G end', [...PANES, 'text', 'topic']),

  copy: on('y', PANES, ['raw']),
  'copy-status': on('Y'),
  export: on('e', PANES),
  import: on('o', PANES, ['empty']),
  fetch: on('f', PANES, ['empty']),
  fetches: on('F'),
  lookup: on('t', PANES, ['messages']),
  'lookup-mailbox': on('T'),
  authenticate: on('S'),
  demo: on('D', PANES, ['empty']),

  palette: on(':'),
  help: on('?', PANES, [...PANES, 'empty']),
  quit: on('q', PANES, ['empty']),
  interrupt: on('ctrl-c', EVERYWHERE),
  suspend: on('ctrl-z', EVERYWHERE),
  redraw: on('ctrl-l', EVERYWHERE),

  'prompt-accept': on('enter', ['prompt'], ['prompt']),
  'prompt-cancel': on('escape', ['prompt'], ['prompt']),
  'prompt-complete': on('tab', ['prompt']),
  'prompt-erase': on('backspace', ['prompt', 'palette', 'found']),
  'prompt-delete': on('delete', ['prompt']),
  'prompt-erase-word': on('ctrl-w', ['prompt', 'palette', 'found']),
  'prompt-erase-all': on('ctrl-u', ['prompt', 'palette', 'found']),
  'prompt-left': on('left', ['prompt']),
  'prompt-right': on('right', ['prompt']),
  'prompt-start': on('home ctrl-a', ['prompt']),
  'prompt-end': on('end ctrl-e', ['prompt']),

  'question-yes': on('y enter', ['question'], ['question']),
  'question-no': on('n escape', ['question'], ['question']),

  'affirm-context': on('y', ['contextByContext'], ['contextByContext']),
  'leave-context': on('n', ['contextByContext'], ['contextByContext']),
  'stop-asking': on('escape', ['contextByContext'], ['contextByContext']),

  'filter-user': on('u', ['filterMenu'], ['filterMenu']),
  'filter-address': on('a', ['filterMenu'], ['filterMenu']),
  'filter-client': on('c', ['filterMenu'], ['filterMenu']),
  'filter-time': on('t', ['filterMenu'], ['filterMenu']),
  'filter-verdict': on('v', ['filterMenu'], ['filterMenu']),
  'filter-mailbox': on('m', ['filterMenu'], ['filterMenu']),
  'filter-none': on('x', ['filterMenu'], ['filterMenu']),
  'only-malicious': on('m', ['verdictMenu'], ['verdictMenu']),
  'only-benign': on('b', ['verdictMenu'], ['verdictMenu']),
  'only-open': on('o', ['verdictMenu'], ['verdictMenu']),
  'only-mixed': on('x', ['verdictMenu'], ['verdictMenu']),
  'export-json': on('j', ['exportMenu'], ['exportMenu']),
  'export-csv': on('c', ['exportMenu'], ['exportMenu']),
  'export-html': on('h', ['exportMenu'], ['exportMenu']),
  'export-md': on('m', ['exportMenu'], ['exportMenu']),
  'fetch-resume': on('r', ['fetchMenu'], ['fetchMenu']),
  'fetch-again': on('a', ['fetchMenu'], ['fetchMenu']),
  'fetch-new': on('n', ['fetchMenu'], ['fetchMenu']),
  'fetch-sign-ins': on('s', ['fetchMenu'], ['fetchMenu']),
  'method-device': on('d', ['methodMenu'], ['methodMenu']),
  'method-browser': on('b', ['methodMenu'], ['methodMenu']),
  'method-secret': on('s', ['methodMenu'], ['methodMenu']),
  'method-certificate': on('c', ['methodMenu'], ['methodMenu']),
  'close-menu': on('escape', MENUS, MENUS),

  'secret-accept': on('enter', ['secret'], ['secret']),
  'secret-give-up': on('escape', ['secret'], ['secret']),
  'secret-erase': on('backspace', ['secret']),
  'secret-erase-all': on('ctrl-u', ['secret']),

  'found-open': on('enter', ['found'], ['found']),
  'found-close': on('escape', ['found'], ['found']),
  'found-switch': on('tab', ['found'], ['found']),
  'found-down': on('down ctrl-n', ['found'], ['found']),
  'found-up': on('up ctrl-p', ['found'], ['found']),
  'found-page-down': on('pageDown', ['found']),
  'found-page-up': on('pageUp', ['found']),

  'palette-down': on('down ctrl-n', ['palette']),
  'palette-up': on('up ctrl-p', ['palette']),
  'palette-page-down': on('pageDown', ['palette']),
  'palette-page-up': on('pageUp', ['palette']),
  'palette-run': on('enter', ['palette'], ['palette']),
  'palette-topics': on('tab', ['palette'], ['palette']),
  'palette-close': on('escape', ['palette'], ['palette']),
  'topic-close': on('escape q enter', ['topic'], ['topic']),
  'text-close': on('escape q enter', ['text'], ['text']),
} as const satisfies Readonly<Record<`export-${FormatName}`, Binding>> &
  Readonly<Record<string, Binding>>;

export type CommandId = keyof typeof BINDINGS;

export const COMMAND_IDS = Object.keys(BINDINGS) as readonly CommandId[];

const KEY_NAMES: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageUp: 'PgUp',
  pageDown: 'PgDn',
  home: 'Home',
  end: 'End',
  delete: 'Del',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  space: 'Space',
  backspace: 'Backspace',
};

/** A key as it stands on the keyboard: "Esc", "Ctrl-C", "j". */
export const keyName = (key: string): string => {
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
  return KEY_NAMES[key] ?? key;
};

/** The first key of a command, for sentences that point to it. */
export const keyOf = (id: CommandId): string => keyName(BINDINGS[id].keys[0] ?? '');
