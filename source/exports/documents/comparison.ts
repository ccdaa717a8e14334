import { type Comparison, RATINGS } from '../../domain/baseline/comparison.ts';
import { FIELDS } from '../../domain/baseline/habit.ts';
import { KNOWN_KINDS, knownApplication } from '../../domain/baseline/known-applications.ts';
import type { SameAddress } from '../../domain/baseline/same-address.ts';
import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Schema,
  text,
  textOrNull,
} from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { mailboxSchema } from './session.ts';

const points: Schema<number> = { type: 'number', minimum: 0 };

const comparisonSchema = objectOf({
  mailbox: mailboxSchema,
  baseline: orNull(
    objectOf({
      kind: oneOf('benign', 'beforeWindow', 'others'),
      records: count,
      sessions: count,
      days: count,
      thin: flag,
    }),
  ),
  unlike: orNull(points),
  fields: listOf(
    objectOf({
      field: oneOf(...FIELDS),
      points,
      values: listOf(
        objectOf({
          value: textOrNull,
          application: textOrNull,
          number: count,
          rating: oneOf(...RATINGS),
          before: objectOf({ records: count, sessions: count, days: count }),
          points,
        }),
      ),
    }),
  ),
});

const toJson = jsonOf(comparisonSchema);

/** `mia.compare/1` comparisons[]. `application`: its known name. */
export const comparisonJson = (comparison: Comparison) =>
  toJson({
    ...comparison,
    fields: comparison.fields.map((one) => ({
      ...one,
      values: one.values.map((value) => ({
        ...value,
        application:
          one.field === 'application' && value.value !== null
            ? (knownApplication(value.value)?.name ?? null)
            : null,
      })),
    })),
  });

const sameAddressSchema = objectOf({
  address: text,
  contexts: objectOf({ malicious: count, benign: count, open: count }),
});

/** `mia.compare/1` sameAddress[]. */
export const sameAddressJson: (one: SameAddress) => SameAddress = jsonOf(sameAddressSchema);

export const compareSchema = documentSchema(
  'mia.compare/1',
  'Sessions beside the habit of their mailboxes',
  { comparisons: listOf(comparisonSchema), sameAddress: listOf(sameAddressSchema) },
  { mailbox: mailboxSchema },
);

export const appsSchema = documentSchema('mia.apps/1', 'Known applications', {
  applications: listOf(
    objectOf({
      id: text,
      name: text,
      kind: oneOf(...KNOWN_KINDS),
      note: text,
      source: text,
      at: text,
    }),
  ),
});
