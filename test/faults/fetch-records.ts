/** A child process that fetches, and says how many pages it has: to be killed at any of them. */
import { fetchRecords, type FetchRequest } from '../../source/acquire/fetch/fetch-records.ts';
import { systemClock } from '../../source/tenant/http/clock.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../source/tenant/authenticate/settings.ts';

const [folder = '', request = '', now = ''] = process.argv.slice(2);
/** Where the tenant's time matters, it begins at `now`. */
let slept = now === '' ? 0 : Date.parse(now) - systemClock.now();
const events = fetchRecords({
  folder,
  request: JSON.parse(request) as FetchRequest,
  flags: NO_AUTHENTICATION_FLAGS,
  variables: process.env,
  remember: false,
  anew: false,
  signal: new AbortController().signal,
  askHidden: null,
  analyst: 'tester',
  // The tenant's time runs fast, and ours with it.
  clock: {
    ...systemClock,
    now: () => systemClock.now() + slept,
    async sleep(milliseconds, signal) {
      await systemClock.sleep(Math.min(milliseconds, 20), signal);
      slept += milliseconds;
    },
  },
});
let pages = 0;
for await (const event of events) {
  if (event.event === 'progress' && event.progress.pages > pages) {
    pages = event.progress.pages;
    process.stdout.write(`pages ${pages}\n`);
  } else if (event.event === 'failed') process.stdout.write(`failed ${event.problem}\n`);
  else if (event.event === 'finished')
    process.stdout.write(`finished ${event.statements[0]?.outcome ?? ''}\n`);
}
