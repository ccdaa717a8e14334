/** The real console on a real case in a temporary folder, without a terminal: press, wait for idle, look. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openConsoleCase } from '../../source/runtime/console-case.ts';
import { startConsole } from '../../source/runtime/start-console.ts';
import type { RunningConsole } from '../../source/runtime/start-console.ts';
import type { ConsoleState, Size } from '../../source/console/state.ts';
import { frameText, paneText } from '../console/frame-text.ts';
import { writeEvidence } from './evidence.ts';
import type { Evidence } from './evidence.ts';

export interface Journey {
  readonly folder: string;
  readonly evidence: Evidence;
  readonly console: RunningConsole;
  readonly copied: string[];
  /** Keys by name, each followed by a wait until nothing is under way. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Resolves as soon as the console stands so; for what waits for somebody, where idle never comes. */
  until(stands: (state: ConsoleState) => boolean): Promise<void>;
  /** `o`, the paths, Enter. */
  importFiles(...paths: readonly string[]): Promise<void>;
  frame(): string;
  /** The line of the frame that holds this text, without its ends; fails where there is none. */
  line(text: string): string;
  status(): string;
  footer(): string;
  resize(size: Size): void;
}

/** The console on a case, or another one on the same; `typedEarly`: before it has told anything. */
export const openJourney = async (
  t: TestContext,
  where?: { readonly folder: string; readonly evidence: Evidence },
  files: readonly ('audit' | 'later' | 'trace')[] = [],
  variables: Readonly<Record<string, string>> = {},
  typedEarly: readonly string[] = [],
): Promise<Journey> => {
  const temporary = where === undefined ? mkdtempSync(join(tmpdir(), 'mia-journey-')) : null;
  const folder = where?.folder ?? join(temporary ?? '', 'case');
  const evidence = where?.evidence ?? writeEvidence(temporary ?? '');
  const copied: string[] = [];
  let clock = Date.parse('2026-10-01T08:00:00Z');
  const opened = await openConsoleCase({
    folder,
    analyst: 'jana',
    toolVersion: '0.0.0',
    variables,
    temporary: false,
  });
  const running = startConsole({
    opened,
    openDemo: null,
    size: { columns: 80, rows: 24 },
    now: () => (clock += 1),
    files: files.map((name) => evidence[name]),
    // The hand rests at once; a status line stays.
    after(milliseconds, call) {
      if (milliseconds > 1000) return () => undefined;
      const soon = setImmediate(call);
      return () => clearImmediate(soon);
    },
    terminal: {
      copy(text) {
        copied.push(text);
        return 'by OSC 52';
      },
      suspend: () => undefined,
      redraw: () => undefined,
    },
  });
  t.after(async () => {
    await running.close();
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  });
  const lines = (): readonly string[] => frameText(running.view()).split('\n').slice(0, -1);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      running.press(key);
      await running.idle();
    }
  };
  const type = (text: string): Promise<void> =>
    press(...[...text].map((character) => (character === ' ' ? 'space' : character)));
  for (const key of typedEarly) running.press(key);
  await running.idle();
  return {
    folder,
    evidence,
    console: running,
    copied,
    press,
    type,
    until: (stands) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!stands(running.state())) return;
          unsubscribe();
          resolve();
        };
        const unsubscribe = running.subscribe(look);
        look();
      }),
    async importFiles(...paths) {
      await press('o');
      running.paste(paths.map((path) => `"${path}"`).join(' '));
      await press('enter');
    },
    frame: () => frameText(running.view()),
    line(text) {
      const found = lines().find((line) => line.includes(text));
      if (found === undefined) throw new Error(`no line with "${text}" in:\n${lines().join('\n')}`);
      return found.trim();
    },
    status: () => paneText(running.view(), 'status'),
    footer: () => paneText(running.view(), 'footer'),
    resize: running.resize,
  };
};
