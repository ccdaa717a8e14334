import { type Correspondent, correspondentsOf } from '../../domain/people/correspondents.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

const COLUMNS: readonly SheetColumn<Correspondent>[] = [
  { name: 'address', cell: ({ address }) => address },
  { name: 'domain', cell: ({ domain }) => domain },
  { name: 'side', cell: ({ inside }) => (inside ? 'inside' : 'outside') },
  { name: 'class', cell: (person) => person.class },
  { name: 'messages', cell: ({ messages }) => messages },
  { name: 'confirmed', cell: ({ confirmed }) => confirmed },
  { name: 'presumed', cell: ({ presumed }) => presumed },
  { name: 'asSender', cell: ({ sent }) => sent },
  { name: 'asRecipient', cell: ({ received }) => received },
  { name: 'intruderFirst', cell: ({ intruderFirst }) => intruderFirst },
  { name: 'intruderLast', cell: ({ intruderLast }) => intruderLast },
  { name: 'firstExposure', cell: ({ firstExposure }) => firstExposure },
  { name: 'lastExposure', cell: ({ lastExposure }) => lastExposure },
];

const people = function* (exported: ExportedCase): Generator<Correspondent> {
  yield* correspondentsOf(exported.messages(), exported.ownDomains).people;
};

/**
 * Senders and recipients of the confirmed and presumed messages, as far as their metadata is known:
 * correspondents, not yet the people the mail is about (`domain.md`, From ids to people).
 */
export const peopleSheet: ExportPart = {
  name: 'people',
  fileName: 'people.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, people(exported)),
};
