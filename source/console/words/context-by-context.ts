import { forTerminal } from '../../domain/terminal-text.ts';
import type { Context } from '../../domain/sessions/session.ts';
import type { MarkPreview } from '../../case/judging/marks.ts';
import type { MarkEffect } from '../effect.ts';
import type { ContextDialog } from '../dialog.ts';
import { many } from './figures.ts';
import { mailboxName } from './people.ts';
import { verdictWord } from './verdicts.ts';

const status = ({ contexts, malicious, benign }: MarkPreview): string =>
  [
    malicious > 0 ? `${malicious} malicious` : '',
    benign > 0 ? `${benign} benign` : '',
    contexts > malicious + benign ? `${contexts - malicious - benign} open` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');

/** What a mark would change, in numbers, and the question whether to make it. */
export const markQuestion = ({ subject, request }: MarkEffect, preview: MarkPreview): string => {
  const { contexts, sessions, leftOut, contextsToAsk } = preview;
  const verdict = request.verdict ?? 'open again';
  const size = `${many(contexts, 'context')} in ${many(sessions, 'session')}, now ${status(preview)}`;
  const left =
    leftOut > 0
      ? `; ${many(leftOut, 'session')} of several addresses or clients stay as they are`
      : '';
  const how =
    contextsToAsk.length > 0 ? `, ${many(contextsToAsk.length, 'context')} one by one` : '';
  return `${subject}: ${size}${left}. Judge ${verdict}${how}?`;
};

const FIELDS: readonly ((context: Context) => string)[] = [
  ({ address }) => address ?? 'address not stated',
  ({ client, clientInfo }) => `${client}${clientInfo === null ? '' : ` (${clientInfo})`}`,
  ({ deviceId }) => (deviceId === null ? 'no device' : `device ${deviceId}`),
  ({ actor }) => actor ?? 'user not stated',
  ({ mailbox }) => `mailbox ${mailboxName(mailbox)}`,
];

/** What tells a context from the others of its session; its address at least. */
const differing = (context: Context, all: readonly Context[]): readonly string[] => {
  const session = all.filter((one) => one.session === context.session);
  const told = FIELDS.filter((of, at) => at === 0 || new Set(session.map(of)).size > 1);
  return told.map((of) => forTerminal(of(context)));
};

/** The context asked for now: how it stands, and what is different about it. */
export const contextAsked = ({ at, preview }: ContextDialog): string => {
  const context = preview.contextsToAsk[at];
  return context === undefined
    ? ''
    : `${forTerminal(context.address ?? 'address not stated')} benign`;
};

/** The same in full, for the line above. */
export const contextsAsked = ({ mark, at, affirmed, preview }: ContextDialog): string => {
  const { contextsToAsk } = preview;
  const context = contextsToAsk[at];
  if (context === undefined) return '';
  const { records, verdict } = context;
  return `${mark.subject}, ${at + 1} of ${contextsToAsk.length} (${affirmed.length} affirmed): ${differing(context, contextsToAsk).join(', ')}; ${many(records, 'record')}, now ${verdictWord(verdict)}`;
};
