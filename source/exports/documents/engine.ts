import { count, listOf, objectOf, oneOf, orNull, text } from '../../domain/schema.ts';
import { documentSchema } from '../document.ts';

export const engineSchema = documentSchema('mia.engine/1', 'Queries for a log engine', {
  language: oneOf('kql'),
  table: text,
  filter: objectOf({
    users: listOf(text),
    addresses: listOf(text),
    mailboxes: listOf(text),
    since: orNull(text),
    until: orNull(text),
  }),
  notes: listOf(text),
  queries: listOf(
    objectOf({
      query: oneOf('coverage', 'contexts', 'unreadable', 'pageSizes', 'records'),
      page: orNull(count),
      gives: text,
      importAs: orNull(text),
      kql: text,
    }),
  ),
});
