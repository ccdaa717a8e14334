import type { Effect } from '../console/effect.ts';
import type { ConsoleEvent } from '../console/event.ts';
import { startState } from '../console/start-state.ts';
import type { ConsoleState, Size } from '../console/state.ts';
import { update } from '../console/update.ts';
import type { ScreenView } from '../console/view.ts';
import { screenView } from '../console/views/screen-view.ts';
import type { ConsoleCase } from './console-case.ts';
import { failureText } from './failure-text.ts';
import { createJobs } from './jobs.ts';
import { performEffect, type Dependencies, type Terminal } from './perform-effect.ts';
import { createSecretLine } from './secret-line.ts';

/** What is under way, counted before it starts: so that "nothing is" can be waited for. */
export interface Work {
  /** Counts from now until `doing` has ended. */
  track<Value>(doing: () => Promise<Value>): Promise<Value>;
  /** Resolves as soon as nothing is under way, at once where nothing is. */
  idle(): Promise<void>;
}

export const countWork = (): Work => {
  let running = 0;
  let waiting: (() => void)[] = [];
  const ended = (): void => {
    running -= 1;
    if (running > 0) return;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  return {
    async track(doing) {
      running += 1;
      try {
        return await doing();
      } finally {
        ended();
      }
    },
    idle: () =>
      running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
};

/** The console's state and who listens to it, in the shape `useSyncExternalStore` asks for. */
export interface ConsoleStore {
  dispatch(event: ConsoleEvent): void;
  state(): ConsoleState;
  /** Drawn when it is asked for, and the same object until something changes. */
  currentView(): ScreenView;
  subscribe(listener: () => void): () => void;
}

const createStore = (
  start: ConsoleState,
  now: () => number,
  perform: (effect: Effect) => void,
): ConsoleStore => {
  let state = start;
  let drawn: { readonly of: ConsoleState; readonly view: ScreenView } | null = null;
  const listeners = new Set<() => void>();
  return {
    dispatch(event) {
      const before = state;
      const next = update(state, event, now());
      state = next.state;
      for (const effect of next.effects) perform(effect);
      if (state !== before) for (const listener of listeners) listener();
    },
    state: () => state,
    currentView() {
      if (drawn?.of !== state) drawn = { of: state, view: screenView(state) };
      return drawn.view;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export interface ConsoleOptions {
  readonly opened: ConsoleCase;
  /** Makes the demo case; null where this is the demo already. */
  readonly openDemo: ((signal: AbortSignal) => Promise<ConsoleCase>) | null;
  readonly size: Size;
  /** Milliseconds since 1970: the console's only clock. */
  readonly now: () => number;
  readonly terminal: Terminal;
  /** Files to import while the analyst already works. */
  readonly files: readonly string[];
  /** Calls back once after so many milliseconds; what it returns gives that up. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** A console at work, with a terminal or without. */
export interface RunningConsole {
  /** One key press, by its name (`console/key-press.ts`). */
  press(key: string): void;
  paste(text: string): void;
  resize(size: Size): void;
  /** Resolves when nothing is under way any more: no question, no decision, no job. */
  idle(): Promise<void>;
  view(): ScreenView;
  state(): ConsoleState;
  subscribe(listener: () => void): () => void;
  /** Resolves when the analyst leaves. */
  readonly left: Promise<void>;
  /** Cancels what runs, waits for it, and closes the case; once, however often it is called. */
  close(): Promise<void>;
}

/** A status line goes away by itself: a tick when its time has come. Returns what ends that. */
const tickWhenDue = (
  store: ConsoleStore,
  { after, now }: Pick<ConsoleOptions, 'after' | 'now'>,
): (() => void) => {
  let due: number | null = null;
  let giveUp: (() => void) | null = null;
  const unsubscribe = store.subscribe(() => {
    const until = store.state().status?.until ?? null;
    if (until === due) return;
    giveUp?.();
    due = until;
    const tick = (): void => store.dispatch({ event: 'tick' });
    giveUp = until === null ? null : after(Math.max(0, until - now()), tick);
  });
  return () => {
    unsubscribe();
    giveUp?.();
  };
};

/** Longer than a held key takes to come again, and soon enough that nobody waits. */
const REST_MS = 70;

/** Says when the hand rests after the cursor's last movement. */
interface Rest {
  /** The cursor moved. */
  begin(): void;
  stop(): void;
}

const createRest = (after: ConsoleOptions['after'], work: Work, rested: () => void): Rest => {
  let end: (() => void) | null = null;
  return {
    begin() {
      end?.();
      const { promise, resolve } = Promise.withResolvers<void>();
      const giveUp = after(REST_MS, () => {
        end?.();
        rested();
      });
      end = () => {
        end = null;
        giveUp();
        resolve();
      };
      void work.track(() => promise);
    },
    stop: () => end?.(),
  };
};

/**
 * The console on a case: keys in, views out. Effects are carried out as they come, those of one event
 * in their order; nothing here knows a terminal.
 */
export const startConsole = (options: ConsoleOptions): RunningConsole => {
  const work = countWork();
  const before: ConsoleCase[] = [];
  let current = options.opened;
  let closed = false;
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const state = startState({
    size: options.size,
    canLoadDemo: options.openDemo !== null,
    temporary: options.opened.temporary,
    now: options.now(),
  });
  const store = createStore(state, options.now, (effect) => {
    if (effect.effect === 'await-rest') rest.begin();
    else if (!closed) void work.track(() => performEffect(dependencies, effect));
  });
  const rest = createRest(options.after, work, () => store.dispatch({ event: 'rested' }));
  const watch = (opened: ConsoleCase): void => {
    const ofCurrent = (event: ConsoleEvent) => (): void => {
      if (opened === current) store.dispatch(event);
    };
    opened.client.onChanged(ofCurrent({ event: 'case-changed' }));
    opened.client.onProblem((problem) =>
      ofCurrent({ event: 'problem', problem: failureText(problem) })(),
    );
  };
  watch(current);
  const secrets = createSecretLine();
  const jobs = createJobs({
    secrets,
    track: (doing) => void work.track(doing),
    current: () => current,
    openDemo: options.openDemo,
    dispatch: store.dispatch,
    replaceCase(opened) {
      before.push(current);
      current = opened;
      watch(opened);
    },
  });
  const dependencies: Dependencies = {
    current: () => current,
    jobs,
    secrets,
    dispatch: store.dispatch,
    terminal: options.terminal,
    leave,
  };
  const stopTicking = tickWhenDue(store, options);
  const close = async (): Promise<void> => {
    rest.stop();
    jobs.cancelAll();
    await jobs.disconnected();
    await work.idle();
    closed = true;
    stopTicking();
    for (const opened of [...before, current]) await opened.close();
  };
  let closing: Promise<void> | null = null;
  store.dispatch({ event: 'started', paths: options.files });
  const { notices } = options.opened.client;
  if (notices.length > 0) store.dispatch({ event: 'problem', problem: notices.join(' ') });
  return {
    press: (key) => store.dispatch({ event: 'key', key }),
    paste: (text) => store.dispatch({ event: 'paste', text }),
    resize: (size) => store.dispatch({ event: 'resize', size }),
    idle: work.idle,
    view: store.currentView,
    state: store.state,
    subscribe: store.subscribe,
    left,
    close: () => (closing ??= close()),
  };
};
