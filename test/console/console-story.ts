/** Drives the pure console: keys go in, its questions are answered from the hand-made case. */
import type { Effect } from '../../source/console/effect.ts';
import type { ConsoleEvent } from '../../source/console/event.ts';
import { startState } from '../../source/console/start-state.ts';
import type { ConsoleState, Size } from '../../source/console/state.ts';
import { NO_CHOICE, type TenantKnown } from '../../source/console/tenant.ts';
import { update } from '../../source/console/update.ts';
import { screenView } from '../../source/console/views/screen-view.ts';
import type { Overview } from '../../source/case/overview.ts';
import type { SessionLine } from '../../source/case/lists/session-pages.ts';
import { COMPARED } from './hand-made-comparison.ts';
import { frameText, paneText } from './frame-text.ts';
import {
  CONTEXTS,
  messagesFor,
  OVERVIEW,
  RECORDS,
  SESSIONS,
  sessionsFor,
  touchesOf,
} from './hand-made-case.ts';

export interface Story {
  /** Keys, one after the other; what they ask is answered at once. */
  press(...keys: readonly string[]): void;
  type(text: string): void;
  happen(event: ConsoleEvent): void;
  state(): ConsoleState;
  frame(): string;
  line(of: 'status' | 'footer'): string;
  /** Effects that are no questions for rows, since the last call. */
  effects(): readonly Effect[];
  /** Stops answering, so that a test can do it late or never. */
  answering: boolean;
  readonly world: {
    overview: Overview;
    sessions: readonly SessionLine[];
    tenant: TenantKnown;
  };
}

const page = <Row>(rows: readonly Row[], from: number, count: number) => ({
  version: 1,
  total: rows.length,
  from,
  rows: rows.slice(from, from + count),
});

const answer = (effect: Effect, world: Story['world']): ConsoleEvent | null => {
  switch (effect.effect) {
    case 'ask-overview':
      return { event: 'overview', number: effect.number, overview: world.overview };
    case 'ask-sessions': {
      const all = sessionsFor(world.sessions, effect.query);
      const position = all.findIndex(({ key }) => key === effect.key);
      const from = position >= 0 ? Math.max(0, position - effect.before) : effect.from;
      const { number, key } = effect;
      const found = { ...page(all, from, effect.count), sessions: all.length };
      return { event: 'sessions', number, key, position, page: found };
    }
    case 'ask-messages': {
      const all = messagesFor(effect.query);
      const position = all.findIndex(({ row }) => String(row) === effect.key);
      const from = position >= 0 ? Math.max(0, position - effect.before) : effect.from;
      const traced = all.filter(({ trace }) => trace !== null).length;
      const { number, key } = effect;
      const withoutId = all.filter(({ internetMessageId }) => internetMessageId === null).length;
      const found = { ...page(all, from, effect.count), traced, withoutId };
      return { event: 'messages', number, key, position, page: found };
    }
    case 'ask-contexts':
      return { event: 'contexts', number: effect.number, contexts: CONTEXTS };
    case 'ask-comparison':
      return { event: 'comparison', number: effect.number, found: COMPARED };
    case 'ask-records': {
      const found = page(RECORDS, effect.from, effect.count);
      return { event: 'records', number: effect.number, page: found };
    }
    case 'ask-touches':
      return { event: 'touches', number: effect.number, touches: touchesOf(effect.message) };
    case 'ask-tenant':
      return { event: 'tenant', known: world.tenant, then: effect.then };
    case 'ask-raw':
      return { event: 'raw', number: effect.number, raw: RAW };
    case 'await-rest':
      return { event: 'rested' };
    default:
      return null;
  }
};

export const RAW = {
  id: 'f00d0000-0000-4000-8000-000000000000',
  text: '"{""Id"":""f00d0000"",""Operation"":""MailItemsAccessed""}"',
  pretty: '{\n  "Id": "f00d0000",\n  "Operation": "MailItemsAccessed"\n}',
  file: 'AuditRecords.csv',
  line: 1234,
  sha256: 'ab'.repeat(32),
  alsoIn: [{ file: 'again.csv', line: 7, outcome: 'conflict' as const }],
  unavailable: null,
};

const NO_TENANT: TenantKnown = {
  stated: NO_CHOICE,
  unfinished: [],
  grown: { benign: 0, malicious: 0 },
};

export const startStory = (
  size: Size = { columns: 80, rows: 24 },
  about: {
    readonly overview?: Overview;
    readonly sessions?: readonly SessionLine[];
    readonly tenant?: TenantKnown;
    /** false: nothing is answered until a test says so. */
    readonly answering?: boolean;
  } = {},
): Story => {
  const world = {
    overview: about.overview ?? OVERVIEW,
    sessions: about.sessions ?? SESSIONS,
    tenant: about.tenant ?? NO_TENANT,
  };
  let state = startState({ size, canLoadDemo: true, temporary: false, now: 0 });
  let others: Effect[] = [];
  let now = 0;
  const story: Story = {
    answering: about.answering ?? true,
    world,
    happen(event) {
      now += 1;
      const next = update(state, event, now);
      state = next.state;
      for (const effect of next.effects) {
        const answered = answer(effect, world);
        if (answered === null) others.push(effect);
        else if (story.answering) story.happen(answered);
      }
    },
    press(...keys) {
      for (const key of keys) story.happen({ event: 'key', key });
    },
    type(text) {
      story.press(...[...text].map((character) => (character === ' ' ? 'space' : character)));
    },
    state: () => state,
    frame: () => frameText(screenView(state)),
    line: (of) => paneText(screenView(state), of),
    effects() {
      const since = others;
      others = [];
      return since;
    },
  };
  story.happen({ event: 'started', paths: [] });
  return story;
};
