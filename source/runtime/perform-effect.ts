import type { Effect, MarkEffect } from '../console/effect.ts';
import type { ConsoleEvent } from '../console/event.ts';
import { mayConfirm, mustConfirm } from '../console/actions/context-by-context.ts';
import { completePath } from './complete-path.ts';
import { failureText } from './failure-text.ts';
import { type ConsoleCase, tenantKnown } from './console-case.ts';
import type { Jobs } from './jobs.ts';
import type { SecretLine } from './secret-line.ts';
import type { CaseClient } from '../case/case-client.ts';

/** What only a terminal can do. */
export interface Terminal {
  /** Puts text on the clipboard, and says in a few words how. */
  copy(text: string): string;
  /** Gives the terminal back to the shell until the job goes on. */
  suspend(): void;
  /** Draws everything anew. */
  redraw(): void;
}

export interface Dependencies {
  /** The case at hand: another one after the demo was loaded. */
  readonly current: () => ConsoleCase;
  readonly jobs: Jobs;
  readonly secrets: SecretLine;
  readonly dispatch: (event: ConsoleEvent) => void;
  readonly terminal: Terminal;
  readonly leave: () => void;
}

type Question = Extract<Effect, { readonly number: number }>;
type Of<Name extends Effect['effect']> = Extract<Effect, { effect: Name }>;

/** A page of a list; where `key` is in it, from so many rows before that on. */
const pageAt = async <Query, Key, Page>(
  pages: {
    position(query: Query, key: Key): Promise<number>;
    page(query: Query, from: number, count: number): Promise<Page>;
  },
  key: Key | null,
  effect: { readonly query: Query } & Pick<Of<'ask-sessions'>, 'from' | 'count' | 'before'>,
): Promise<{ readonly page: Page; readonly position: number | null }> => {
  const { query, count, before } = effect;
  const position = key === null ? null : await pages.position(query, key);
  const from = position === null || position < 0 ? effect.from : Math.max(0, position - before);
  return { page: await pages.page(query, from, count), position };
};

const askRaw = async (client: CaseClient, effect: Of<'ask-raw'>): Promise<ConsoleEvent> => {
  const { number, record: of } = effect;
  const record = 'record' in of ? of.record : await client.records.newest(of);
  return { event: 'raw', number, raw: record === null ? null : await client.records.raw(record) };
};

const askQuestion = async (client: CaseClient, effect: Question): Promise<ConsoleEvent> => {
  const { number } = effect;
  switch (effect.effect) {
    case 'ask-overview':
      return { event: 'overview', number, overview: await client.case.overview() };
    case 'ask-sessions':
      return {
        ...{ event: 'sessions', number, key: effect.key },
        ...(await pageAt(client.sessions, effect.key, effect)),
      };
    case 'ask-messages':
      return {
        ...{ event: 'messages', number, key: effect.key },
        ...(await pageAt(client.messages, effect.key === null ? null : Number(effect.key), effect)),
      };
    case 'ask-contexts':
      return {
        event: 'contexts',
        number,
        contexts: await client.sessions.contexts(effect.session),
      };
    case 'ask-comparison':
      return { event: 'comparison', number, found: await client.case.compare(effect.keys) };
    case 'ask-records':
      return {
        event: 'records',
        number,
        page: await client.records.page(effect.context, effect.from, effect.count),
      };
    case 'ask-touches':
      return { event: 'touches', number, touches: await client.messages.touches(effect.message) };
    case 'ask-raw':
      return askRaw(client, effect);
  }
};

/** An answer, or the word that there will be none. */
const answerQuestion = async (client: CaseClient, effect: Question): Promise<ConsoleEvent> =>
  askQuestion(client, effect).catch((failure: unknown) => ({
    event: 'unanswered',
    number: effect.number,
    problem: failureText(failure),
  }));

const askRange = async (client: CaseClient, effect: Of<'ask-range'>): Promise<ConsoleEvent> => {
  const { query, anchor, cursor, then } = effect;
  const ends = await Promise.all([
    client.sessions.position(query, anchor.key),
    client.sessions.position(query, cursor.key),
  ]);
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const sessions = from < 0 ? [] : await client.sessions.sizes(query, from, to + 1);
  return { event: 'range', sessions, then, expected: Math.abs(anchor.index - cursor.index) + 1 };
};

const mark = async (client: CaseClient, effect: MarkEffect): Promise<ConsoleEvent> => {
  if (mayConfirm(effect)) {
    const preview = await client.judging.previewMark(effect.request);
    if (mustConfirm(effect, preview)) return { event: 'mark-previewed', mark: effect, preview };
  }
  const outcome = await client.judging.mark(effect.request);
  const malicious = effect.request.verdict === 'malicious';
  const reach =
    malicious && effect.address !== null ? await client.judging.reachOf(effect.address) : null;
  const open =
    reach === null || reach.service
      ? 0
      : reach.contexts.filter(({ verdict }) => verdict === null).length;
  const { subject, moveOnFrom } = effect;
  return { event: 'marked', subject, outcome, openAtAddress: open, moveOnFrom };
};

const decide = async (dependencies: Dependencies, effect: Effect): Promise<ConsoleEvent | null> => {
  const { client } = dependencies.current();
  switch (effect.effect) {
    case 'ask-range':
      return askRange(client, effect);
    case 'find-session': {
      const { key, query } = effect;
      return { event: 'session-found', key, found: await client.sessions.find(query, key) };
    }
    case 'ask-address':
      return { event: 'address', reach: await client.judging.reachOf(effect.address) };
    case 'mark':
      return mark(client, effect);
    case 'undo':
      return { event: 'undone', outcome: await client.judging.undo() };
    case 'redo':
      return { event: 'redone', outcome: await client.judging.redo() };
    case 'set-window': {
      const { mailbox, from, to, reason } = effect;
      return {
        event: 'window-set',
        outcome: await client.judging.setWindow(mailbox, from, to, reason),
      };
    }
    case 'rebut-gap': {
      const { mailbox, gap, rebutted, reason } = effect;
      const outcome = await client.judging.rebutGap(mailbox, gap, rebutted, reason);
      return { event: 'gap-rebutted', outcome };
    }
    case 'ask-tenant':
      return {
        event: 'tenant',
        known: await tenantKnown(dependencies.current()),
        then: effect.then,
      };
    case 'want-messages':
      await dependencies.jobs.want(effect);
      return null;
    case 'complete-path':
      return { event: 'completed', ...(await completePath(effect.text)) };
    default:
      return null;
  }
};

/** Does what an effect asks for and tells the console how it went; never rejects. */
export const performEffect = async (dependencies: Dependencies, effect: Effect): Promise<void> => {
  const { jobs, dispatch, terminal, secrets } = dependencies;
  switch (effect.effect) {
    case 'import':
    case 'export':
    case 'load-demo':
    case 'fetch':
      return jobs.run(effect);
    case 'cancel-job':
      return jobs.cancel(effect.job);
    case 'lookup':
      return jobs.lookup(effect);
    case 'forget-authentication':
      return dependencies.current().tokens.forget();
    case 'secret-typed':
      return secrets.type(effect.text);
    case 'secret-erased':
      return secrets.erase(effect.all);
    case 'secret-taken':
      return secrets.take(effect.job);
    case 'copy':
      return dispatch({ event: 'copied', what: effect.what, how: terminal.copy(effect.text) });
    case 'suspend':
      return terminal.suspend();
    case 'redraw':
      return terminal.redraw();
    case 'leave':
      return dependencies.leave();
    default:
      break;
  }
  if ('number' in effect)
    return dispatch(await answerQuestion(dependencies.current().client, effect));
  const event = await decide(dependencies, effect).catch((failure: unknown) => ({
    event: 'problem' as const,
    problem: failureText(failure),
  }));
  if (event !== null) dispatch(event);
};
