import type { Wait } from '../../tenant/http/waiting.ts';
import type { AuthenticationNotice } from '../../tenant/authenticate/authority-wire.ts';
import type { SavedManifest } from './saved-manifest.ts';

/** Enough for one calm line. */
export interface SaveProgress {
  readonly step: 'signingIn' | 'saving';
  /** Messages that have their end, of those asked for. */
  readonly done: number;
  readonly all: number;
  readonly files: number;
  readonly bytes: number;
  readonly wait: Wait | null;
}

/** What a run came to. Messages: `saved` to `open` add up to `asked`. */
export interface SaveReport {
  readonly asked: number;
  /** With all their copies, in this run; and before it. */
  readonly saved: number;
  readonly before: number;
  readonly notFound: number;
  /** May be tried again: the mailbox is closed, or something went wrong. */
  readonly failed: number;
  /** Not come to. */
  readonly open: number;
  /** Written in this run. */
  readonly files: number;
  readonly bytes: number;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** All that is in the folder, of this run and of those before. */
  readonly manifest: SavedManifest;
}

export type SaveEvent =
  | { readonly event: 'notice'; readonly notice: AuthenticationNotice }
  | { readonly event: 'progress'; readonly progress: SaveProgress }
  | { readonly event: 'note'; readonly text: string }
  /** Ends. Exactly one of these three is the last event. `report` null: nothing was begun. */
  | { readonly event: 'finished'; readonly report: SaveReport }
  | { readonly event: 'cancelled'; readonly report: SaveReport | null }
  | {
      readonly event: 'failed';
      readonly problem: string;
      readonly hint: string;
      readonly report: SaveReport | null;
    };
