import type { Gap } from '../domain/exposure/exposure.ts';
import type { Message } from '../domain/exposure/message.ts';
import type { AddressReach } from '../case/judging/reach.ts';
import type { SessionLine } from '../case/lists/session-pages.ts';
import type { MarkPreview } from '../case/judging/marks.ts';
import type { MessageQuery, SessionQuery } from '../case/lists/list-queries.ts';
import type { FormatName } from '../exports/registry.ts';
import type { MarkEffect } from './effect.ts';
import type { PagedList } from './lists/paged-list.ts';
import type { TenantAction, AuthenticationWizard } from './tenant.ts';
import type { FetchSubjects } from './words/fetch-asked.ts';

export type FilterField = 'users' | 'addresses' | 'clients' | 'mailboxes' | 'time' | 'verdict';

/** What a typed line is for. */
export type Purpose =
  | { readonly for: 'search'; readonly pane: 'sessions' | 'messages'; readonly before: string }
  | { readonly for: 'find' }
  | { readonly for: 'reason' }
  | { readonly for: 'rebuttal'; readonly mailbox: string; readonly gap: Gap }
  | { readonly for: 'filter'; readonly field: Exclude<FilterField, 'verdict'> }
  | { readonly for: 'import' }
  | { readonly for: 'export'; readonly format: FormatName }
  | { readonly for: 'window' }
  | { readonly for: 'fetch-subjects' }
  | { readonly for: 'fetch-period'; readonly subjects: FetchSubjects }
  | { readonly for: 'tenant'; readonly wizard: AuthenticationWizard }
  | { readonly for: 'client-id'; readonly wizard: AuthenticationWizard };

/** What a yes leads to. */
export type ConfirmedAction =
  | { readonly action: 'cancel-job' }
  | { readonly action: 'cancel-fetch' }
  | { readonly action: 'stop-looking-up' }
  | { readonly action: 'run-tenant-action'; readonly inTenant: TenantAction }
  | { readonly action: 'leave' }
  | { readonly action: 'select-reach'; readonly reach: AddressReach }
  | { readonly action: 'mark'; readonly mark: MarkEffect; readonly preview: MarkPreview };

export interface Prompt {
  readonly dialog: 'prompt';
  readonly purpose: Purpose;
  readonly text: string;
  /** Index in code points of `text`. */
  readonly caret: number;
  /** `text` is what the line began with: the first character typed replaces it, any other key keeps it. */
  readonly offered: boolean;
  /** What Tab offered, where it was ambiguous. */
  readonly offers: readonly string[];
  /** Why Enter was not accepted. */
  readonly complaint: string | null;
}

/** A benign verdict on sessions whose contexts differ: each of them is asked for. */
export interface ContextDialog {
  readonly dialog: 'contexts';
  readonly mark: MarkEffect;
  readonly preview: MarkPreview;
  /** Index of the context asked for now. */
  readonly at: number;
  /** Keys. */
  readonly affirmed: readonly string[];
}

/** A search of the whole case, whatever is filtered or selected, and what it found. */
export interface CaseSearch {
  readonly dialog: 'found';
  readonly text: string;
  /** Taken over from an earlier search: what is typed replaces it. */
  readonly old: boolean;
  /** Where the cursor is, as long as there are rows. */
  readonly in: 'sessions' | 'messages';
  readonly sessions: PagedList<SessionQuery, SessionLine>;
  readonly messages: PagedList<MessageQuery, Message>;
  /** Its details are shown in the place of the lists. */
  readonly opened: Message | null;
  readonly top: number;
}

/** All commands and help topics, those with the words typed. */
export interface Palette {
  readonly dialog: 'palette';
  readonly search: string;
  /** Of the row under the cursor: commands first, then topics. */
  readonly index: number;
}

/** A help topic that is being read, and the list it was chosen from. */
export interface TopicDialog {
  readonly dialog: 'topic';
  readonly topic: string;
  readonly top: number;
  readonly palette: Palette;
}

/** What holds the keyboard above the panes. */
export type Dialog =
  | Prompt
  | { readonly dialog: 'question'; readonly text: string; readonly yes: ConfirmedAction }
  | ContextDialog
  | CaseSearch
  | { readonly dialog: 'menu'; readonly menu: 'filter' | 'verdict' | 'export' | 'fetch' }
  /** The way to sign in. */
  | { readonly dialog: 'method'; readonly wizard: AuthenticationWizard }
  /** What is typed stays out of the state: only how much of it there is. */
  | {
      readonly dialog: 'secret';
      readonly job: number;
      readonly question: string;
      readonly typed: number;
    }
  | Palette
  | TopicDialog
  | { readonly dialog: 'text'; readonly what: string; readonly text: string; readonly top: number };
