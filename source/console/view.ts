/** What a frame consists of: the console decides all of it, the screens only draw. */

/** One accent per meaning (`screens.md`); the screens map a tone to a colour, or to none. */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'malicious'
  | 'benign'
  | 'warning'
  | 'accent'
  | 'rule'
  | 'key'
  /** The beginning of the row that the keys are on. */
  | 'cursor';

/** Text that has passed `forTerminal` already: no control character reaches a span. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

/** A rectangle of the screen, exactly `width` cells wide; missing lines are blank, long ones are cut by cells. */
export interface PaneView {
  readonly name: string;
  readonly width: number;
  readonly lines: readonly Line[];
}

/** Panes side by side, `height` lines high. A band has one pane or several. */
export interface Band {
  readonly height: number;
  readonly panes: readonly PaneView[];
}

/** Bands from top to bottom; their heights add up to `rows`, the widths of each to `columns`. */
export interface ScreenView {
  readonly columns: number;
  readonly rows: number;
  readonly bands: readonly Band[];
}
