import type { FetchWait } from '../../domain/fetch-progress.ts';

const WHY: Readonly<Record<FetchWait['why'], string>> = {
  pace: 'next',
  throttled: 'tenant asks to wait until',
  retry: 'tries again',
  poll: 'next look',
};

/** ", next look 08:14:30": what a job in the tenant waits for and until when; empty where for nothing. */
export const untilWords = (wait: FetchWait | null): string =>
  wait === null ? '' : `, ${WHY[wait.why]} ${wait.until.slice(11, 19)}`;
