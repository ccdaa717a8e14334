/** A child process that reads mailboxes, and says how far it is: to be killed anywhere. */
import { readFileSync } from 'node:fs';
import type { MessageKey } from '../../source/domain/lookups/wanted-message.ts';
import { lookupMessages } from '../../source/acquire/lookup/lookup.ts';
import { saveMessages } from '../../source/acquire/save/save-messages.ts';
import { systemClock } from '../../source/tenant/http/clock.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../source/tenant/authenticate/settings.ts';

const [folder = '', wanted = '', begun = '', out = ''] = process.argv.slice(2);
const messages = JSON.parse(readFileSync(wanted, 'utf8')) as readonly MessageKey[];
// The tenant's time, which stands still but when somebody sleeps.
let now = Number(begun);
const order = {
  ...{ folder, messages, flags: NO_AUTHENTICATION_FLAGS, variables: process.env, askHidden: null },
  ...{ remember: false, anew: false, signal: new AbortController().signal, analyst: 'tester' },
  clock: {
    ...systemClock,
    now: () => now,
    sleep: (milliseconds: number) => {
      now += milliseconds;
      return Promise.resolve();
    },
  },
};
const events =
  out === ''
    ? lookupMessages({ ...order, again: false, thorough: true, mailbox: true })
    : saveMessages({ ...order, out, toolVersion: '1' });
let reached = 0;
for await (const event of events) {
  if (event.event === 'progress') {
    const { progress } = event;
    const now = 'files' in progress ? progress.files : progress.pages;
    // Each step of it, however many come at once.
    for (; reached < now; reached += 1) process.stdout.write(`reached ${reached + 1}\n`);
  } else if (event.event === 'failed') process.stdout.write(`failed ${event.problem}\n`);
  else if (event.event === 'finished') process.stdout.write('finished\n');
}
