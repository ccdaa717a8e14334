import type { Readable, Writable } from 'node:stream';
import type { FlagName, Flags } from './flags.ts';

/** 0 done · 1 failed · 2 wrong usage · 3 done, but rows were damaged or conflicting · 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** A stream that may be a terminal. */
export type Input = Readable & { readonly isTTY?: boolean };
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export interface PrintedTable {
  readonly header: readonly string[];
  /** Cells that have passed `forTerminal`. */
  readonly rows: readonly (readonly string[])[];
  /** Columns whose cells stand right-aligned. */
  readonly numeric: readonly boolean[];
  readonly width: number;
}

/** What the console is opened with. */
export interface ConsoleStart {
  readonly folder: string;
  /** Also in a folder that holds other files and no case: the analyst said so. */
  readonly newCase?: boolean;
  readonly analyst: string | null;
  /** Files to import on screen while the analyst already works. */
  readonly files: readonly string[];
  /** The built-in case: its folder is temporary, and the console says so. */
  readonly demo: boolean;
}

/** All that a command knows of the world outside; made once, in `cli.ts`. */
export interface Environment {
  readonly argv: readonly string[];
  /** MIA_CASE and MIA_ANALYST. */
  readonly caseFolder: string | null;
  readonly analyst: string | null;
  /** Of the environment, for signing in: what stands in them may be secret. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly version: string;
  /** UTC now, ISO: the only clock. */
  readonly now: () => string;
  /** Milliseconds of a clock that never goes back, for pacing progress. */
  readonly milliseconds: () => number;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The built demo files. */
  readonly demoFolder: string;
  /** A small table for a terminal (ink-table); absent where the screens are not loaded. */
  readonly renderTable: (table: PrintedTable) => Promise<string>;
  readonly runConsole: (start: ConsoleStart) => Promise<ExitCode>;
}

/** One run of one command. */
export interface Invocation {
  readonly environment: Environment;
  readonly flags: Flags;
  /** Arguments after the command's name. */
  readonly input: readonly string[];
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands after the name in its usage line, e.g. "PATH…". */
  readonly argumentsLine: string;
  /** More than the summary, for its own help; empty where there is no more to say. */
  readonly details: string;
  readonly flags: readonly FlagName[];
  /** What this command says of a flag where the general text is too vague. */
  readonly flagTexts?: Partial<Record<FlagName, string>>;
  readonly examples: readonly string[];
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
}
