import { MET_BY, type IndicatorMatch } from '../../domain/indicators/indicator.ts';
import { count, listOf, objectOf, oneOf, orNull, text } from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';

const matchSchema = objectOf({
  indicator: text,
  note: text,
  sessions: count,
  by: listOf(oneOf(...MET_BY)),
  contexts: objectOf({ malicious: count, benign: count, open: count }),
});

const toJson = jsonOf(matchSchema);

/** `mia.indicators/1` indicators[]. */
export const indicatorMatchJson = ({ indicator, ...match }: IndicatorMatch) =>
  toJson({ ...match, indicator: indicator.text, note: indicator.note });

export const indicatorsSchema = documentSchema('mia.indicators/1', 'What indicators meet', {
  indicators: listOf(matchSchema),
  problems: listOf(objectOf({ line: count, reason: text })),
  marked: orNull(objectOf({ contexts: count, sessions: count, decision: text })),
});
