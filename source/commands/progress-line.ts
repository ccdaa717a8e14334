import { forTerminal } from '../domain/terminal-text.ts';
import type { ImportEvent } from '../import/import-events.ts';
import type { Environment } from './command.ts';
import { cutToWidth } from './table-layout.ts';

type Progress = Extract<ImportEvent, { event: 'progress' }>;

/** At most ten a second: more is unreadable, and slow over SSH. */
const PACE = 100;

/** One line that is written over and over. */
export interface CalmLine {
  readonly show: (text: string) => void;
  /** Wipes the line, so that something else can be printed. */
  readonly clear: () => void;
}

export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  readonly clear: () => void;
}

/** In MB, and in kB what would be 0.0 of them. */
export const megabytes = (bytes: number): string =>
  bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const progressText = ({ file, bytes, total, rows, secondsLeft }: Progress): string => {
  const share =
    total === null || total === 0 ? megabytes(bytes) : `${Math.floor((bytes / total) * 100)} %`;
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
  return `${share}${left}, ${rows.toLocaleString('en')} rows  ${forTerminal(file)}`;
};

/** One line on standard error while it is a terminal; elsewhere nothing at all. */
export const calmLine = ({ stderr, milliseconds }: Environment): CalmLine => {
  if (stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let shownAt = Number.NEGATIVE_INFINITY;
  let width = 0;
  return {
    show: (said) => {
      const now = milliseconds();
      if (now - shownAt < PACE) return;
      shownAt = now;
      const text = cutToWidth(said, (stderr.columns ?? 80) - 1);
      stderr.write(`\r${text.padEnd(width)}`);
      width = Math.max(width, text.length);
    },
    clear: () => {
      if (width === 0) return;
      stderr.write(`\r${' '.repeat(width)}\r`);
      width = 0;
      shownAt = Number.NEGATIVE_INFINITY;
    },
  };
};

/** The same for an import. */
export const progressLine = (environment: Environment): ProgressLine => {
  const { show, clear } = calmLine(environment);
  return { show: (progress) => show(progressText(progress)), clear };
};
