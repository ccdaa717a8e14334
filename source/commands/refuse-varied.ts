import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Context } from '../domain/sessions/session.ts';
import type { Case } from '../case/case.ts';
import type { MarkRequest } from '../case/case-service.ts';
import { counted } from './report.ts';

/** More than this nobody reads through. */
const SHOWN = 20;

const contextLine = ({ key, address, client, actor, deviceId, records, verdict }: Context) =>
  [
    key,
    ...[address, client, actor, deviceId].filter((part) => part !== null).map(forTerminal),
    `${counted(records, 'record')}, ${verdict ?? 'undecided'}`,
  ].join('  ');

/**
 * A benign verdict on a session over several addresses, clients, devices, tokens or users is given on
 * each of its contexts (`domain.md`, Verdicts).
 * @throws Problem with the contexts, where one of the sessions is such a one.
 */
export const refuseVaried = (theCase: Case, request: MarkRequest): void => {
  if (request.verdict !== 'benign') return;
  const { varied, contextsToAsk } = theCase.previewMark(request);
  if (varied.length === 0) return;
  const shown = contextsToAsk.slice(0, SHOWN).map(contextLine);
  const more = contextsToAsk.length - shown.length;
  const lines = [...shown, ...(more > 0 ? [`and ${more} more`] : [])];
  throw new Problem(
    `${varied.length === 1 ? `The session ${varied[0] ?? ''} has` : `${varied.length} sessions have`} several addresses, clients, devices, tokens or users, so benign is said of each context. Nothing was changed.`,
    `Name the contexts that are benign by their keys:\n       ${lines.join('\n       ')}`,
  );
};
