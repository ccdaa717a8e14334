/** The part of `process.stdout` the terminal needs. `fd` lets it write for sure while the process dies. */
export interface TerminalOutput {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly fd?: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: 'resize' | 'error', listener: () => void): unknown;
  off(event: 'resize' | 'error', listener: () => void): unknown;
}

/** The part of `process.stdin` the terminal needs. */
export interface TerminalInput {
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'error', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'end' | 'error', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Signals that end the console, and those that stop and continue it. */
export type TerminalSignal = 'SIGTERM' | 'SIGHUP' | 'SIGINT' | 'SIGTSTP' | 'SIGCONT';

/** The part of `process` the terminal needs. */
export interface SignalSource {
  readonly pid: number;
  on(signal: TerminalSignal | 'exit', listener: () => void): unknown;
  off(signal: TerminalSignal | 'exit', listener: () => void): unknown;
  kill(pid: number, signal: 'SIGTSTP'): unknown;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal that does not say its size (0x0 in some containers and serial lines) is taken for 80x24. */
export function sizeOf(output: TerminalOutput): TerminalSize {
  return { columns: output.columns || 80, rows: output.rows || 24 };
}
