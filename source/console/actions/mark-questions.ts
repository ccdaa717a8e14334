import type { MarkPreview } from '../../case/case-service.ts';
import type { MarkEffect } from '../effect.ts';

/** A verdict on more sessions than this asks first. */
const MANY_SESSIONS = 20;

/** Whether it has to be looked at before it is made: what it touches is known to the case only. */
export const mayAsk = ({ asks, request }: MarkEffect): boolean => {
  if (asks !== 'where-needed') return asks === 'always';
  const { verdict, sessions, contexts } = request;
  return (
    sessions.length + contexts.length > MANY_SESSIONS ||
    (verdict === 'benign' && sessions.length > 0)
  );
};

/** Whether all of it is asked for with one question, in numbers. */
export const asksInNumbers = ({ asks }: MarkEffect, preview: MarkPreview): boolean =>
  asks === 'always' ||
  preview.sessions > MANY_SESSIONS ||
  preview.partlyMalicious > 0 ||
  preview.leftOut > 0;

export const mustAsk = (mark: MarkEffect, preview: MarkPreview): boolean =>
  asksInNumbers(mark, preview) || preview.contextsToAsk.length > 0;
