import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dateOrderOf, orderBeside, readDate } from '../../../source/formats/dates/local-time.ts';

/** Settings of a portal: what a browser in one of these makes of a time. */
const LOCALES = [
  'en-US en-CA es-US en-GB en-IE en-AU en-NZ en-ZA de-DE de-AT de-CH fr-FR fr-BE fr-CH fr-CA nl-NL nl-BE',
  'it-IT es-ES es-MX pt-PT sv-SE da-DK nb-NO fi-FI is-IS pl-PL cs-CZ sk-SK hu-HU ro-RO bg-BG hr-HR sl-SI',
  'sr-RS el-GR et-EE lv-LV lt-LT tr-TR mt-MT ca-ES eu-ES lb-LU',
].flatMap((line) => line.split(' '));

const WITH_MILLISECONDS = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  fractionalSecondDigits: 3,
} as const;

const iso = (date: Date, milliseconds: boolean): string =>
  date.toISOString().replace(milliseconds ? /\.?0+Z$/ : /\.\d+Z$/, 'Z');

const anyTime = fc.date({
  min: new Date('2021-01-01T00:00:00Z'),
  max: new Date('2029-12-31T23:59:59Z'),
  noInvalidDate: true,
});

describe('a date as a browser writes it in American and European settings', () => {
  for (const locale of LOCALES)
    test(locale, () => {
      const monthFirst = /^(en-US|mt-MT)$/.test(locale);
      const order = monthFirst ? 'monthFirst' : 'dayFirst';
      const plain = new Intl.DateTimeFormat(locale, {
        ...WITH_MILLISECONDS,
        fractionalSecondDigits: undefined,
        timeZone: 'UTC',
      });
      const fine = new Intl.DateTimeFormat(locale, { ...WITH_MILLISECONDS, timeZone: 'UTC' });
      fc.assert(
        fc.property(anyTime, fc.constantFrom(' ', '\u00a0', '\u202f'), (date, space) => {
          for (const [format, milliseconds] of [
            [plain, false],
            [fine, true],
          ] as const) {
            const text = format.format(date).replace(/[ \u00a0\u202f](?=[ap])/i, space);
            const expected = iso(date, milliseconds).replace(/(:\d\d)\.Z$/, '$1Z');
            assert.equal(readDate(text, order), expected, text);
            for (const other of [text.toLowerCase(), text.toUpperCase()])
              assert.equal(readDate(other, order), expected, other);
          }
        }),
        { numRuns: 60, seed: 42 },
      );
    });
});

test('a date as .NET and Excel write it, and with the month by its English name', () => {
  const same = '2026-09-25T18:52:08Z';
  for (const text of [
    '9/25/2026 6:52:08 PM',
    '09/25/2026 18:52:08',
    '25-9-2026 18:52:08',
    '25-09-2026 18:52:08',
    '25.09.2026 18:52:08',
    '25.9.2026 18.52.08',
    '2026. 09. 25. 18:52:08',
    '2026.09.25. 18:52:08',
    '25.9.2026 г. 18:52:08 ч.',
    '25/9/2026 6:52:08 μμ',
    '2026-09-25 18:52:08',
    '/Date(1790362328000)/',
    'Sep 25, 2026 6:52:08 PM',
    'September 25, 2026, 6:52:08 PM',
    '25 Sept 2026, 18:52:08',
    'Sep 25, 2026 @ 18:52:08.000',
    '9/25/2026, 6:52:08.000 PM UTC',
  ])
    assert.equal(readDate(text, null), same, text);
  assert.equal(readDate('9/25/2026 18:52', null), '2026-09-25T18:52:00Z');
  assert.equal(readDate('9/25/2026, 12:00:00 AM', null), '2026-09-25T00:00:00Z');
  assert.equal(readDate('9/25/2026, 12:00:00 PM', null), '2026-09-25T12:00:00Z');
});

test('what is no date, or no time of day, is none', () => {
  for (const text of [
    '',
    'yesterday',
    '9/25/2026',
    '25/25/2026 1:00:00',
    '9/31/2026 1:00:00',
    '9/25/2026 18:52:08 PM',
    '9/25/2026 0:52:08 AM',
    '9/25/2026 6:52:08 XM',
    '9/25/26 6:52:08 PM',
    'Foo 25, 2026 6:52:08 PM',
    'Ma 25, 2026 6:52:08 PM',
    `9/25/2026 6:52:08 PM${' '.repeat(100)}x`,
  ])
    for (const order of [null, 'dayFirst', 'monthFirst'])
      assert.equal(readDate(text, order), null, text);
});

test('the order of day and month is what the dates themselves prove, and nothing else', () => {
  assert.equal(dateOrderOf(['9/9/2026, 6:52:08 PM', '4/5/2026, 6:52:08 PM']), null);
  assert.equal(dateOrderOf(['4/5/2026 1:00', '9/25/2026, 6:52:08.000\u202fPM']), 'monthFirst');
  assert.equal(dateOrderOf(['25-9-2026 18:52:08,007']), 'dayFirst');
  assert.equal(dateOrderOf(['4.5.2026 1:00']), 'dayFirst');
  assert.equal(dateOrderOf(['9/25/2026 1:00', '25/9/2026 1:00']), 'mixed');
  assert.equal(dateOrderOf(['2026/9/25 1:00', 'Sep 25, 2026 1:00 PM', 'x']), null);
  // Nobody's setting decides: an afternoon of a twelve-hour clock may be Australian.
  assert.equal(readDate('4/5/2026, 6:52:08 pm', null), null);
  assert.equal(readDate('9/9/2026, 6:52:08.000 PM', null), '2026-09-09T18:52:08Z');
});

test('beside the time of its own record a date proves its order', () => {
  assert.equal(orderBeside('3/4/2026 1:00', '2026-03-04T01:00:00'), 'monthFirst');
  assert.equal(orderBeside('3/4/2026 1:00', '2026-04-03T01:00:00'), 'dayFirst');
  assert.equal(orderBeside('4/4/2026 1:00', '2026-04-04T01:00:00'), null);
  assert.equal(orderBeside('3/4/2026 1:00', '2026-04-05T01:00:00'), 'mixed');
  assert.equal(orderBeside('2026-04-03T01:00', '2026-03-04T01:00:00'), null);
});
