import { cellWidth, cut } from '../cells.ts';
import { GLYPHS } from '../glyphs.ts';
import { cutInWords } from '../words/filter.ts';
import type { Named } from '../words/people.ts';

/** Cells for a name at most, and what it has before what follows the address gives way. */
const MOST_NAME = 40;
const ENOUGH_NAME = 12;
/** A letter and an ellipsis. */
const LEAST_NAME = 2;

/** "Session of g.jacobs@ from 95.96.75.118, 2 contexts" in `room` cells: the address is never what is cut. */
export const subjectTitle = (lead: string, subject: Named, more: string, room: number): string => {
  const from = ` from ${subject.address}`;
  const free = room - cellWidth(lead) - cellWidth(from);
  const beside = free - cellWidth(more);
  const width = Math.max(LEAST_NAME, Math.min(MOST_NAME, beside < ENOUGH_NAME ? free : beside));
  const name = cut(subject.name(width), width, GLYPHS.ellipsis);
  return cutInWords(`${lead}${name}${from}${more}`, room);
};
