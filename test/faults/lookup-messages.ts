/** A child process that looks messages up, and says what it is told and how many pages it has: to be killed at any of that. */
import { readFileSync } from 'node:fs';
import type { LookupOrder } from '../../source/acquire/lookup/lookup-order.ts';
import { lookupMessages } from '../../source/acquire/lookup/lookup.ts';
import { systemClock } from '../../source/tenant/http/clock.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../source/tenant/authenticate/settings.ts';

const [folder = '', wanted = '', begun = ''] = process.argv.slice(2);
const { messages, again } = JSON.parse(readFileSync(wanted, 'utf8')) as Pick<
  LookupOrder,
  'messages' | 'again'
>;
// The tenant's time, which stands still but when somebody sleeps.
let now = Number(begun);
const events = lookupMessages({
  folder,
  messages,
  again,
  thorough: true,
  mailbox: false,
  flags: NO_AUTHENTICATION_FLAGS,
  variables: process.env,
  remember: false,
  anew: false,
  signal: new AbortController().signal,
  askHidden: null,
  analyst: 'tester',
  clock: {
    ...systemClock,
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  },
});
let pages = 0;
let told = 0;
for await (const event of events) {
  process.stdout.write(`now ${now}\nevent ${(told += 1)}\n`);
  if (event.event === 'progress' && event.progress.pages > pages) {
    pages = event.progress.pages;
    process.stdout.write(`pages ${pages}\n`);
  } else if (event.event === 'failed') process.stdout.write(`failed ${event.problem}\n`);
  else if (event.event === 'finished') process.stdout.write('finished\n');
}
