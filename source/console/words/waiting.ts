import type { FetchWait } from '../../domain/fetches/fetch-progress.ts';
import { waitEnd } from '../../domain/fetches/fetch-words.ts';

const WHY: Readonly<Record<FetchWait['why'], string>> = {
  pace: 'next',
  throttled: 'tenant asks to wait until',
  retry: 'tries again',
  poll: 'next look',
};

/** The same in full where the short word leaves open what for: nobody has asked for this wait. */
export const whyAndUntil = (wait: FetchWait | null): string =>
  wait?.why === 'pace' ? `, waits for the tenant's limit until ${waitEnd(wait)}` : untilWords(wait);

/** ", next look 08:14:30": what a job in the tenant waits for and until when; empty where for nothing. */
export const untilWords = (wait: FetchWait | null): string =>
  wait === null ? '' : `, ${WHY[wait.why]} ${waitEnd(wait)}`;
