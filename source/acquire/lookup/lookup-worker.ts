/** The thread in which messages are looked up; that of the console signs in once, and stays. */
import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { Remote } from '../../threads/connection.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { askingStarter, type TenantStarter } from '../authenticate/tenant-thread.ts';
import { followRequests } from './followed-requests.ts';
import type { LookupEvent } from './lookup-events.ts';
import type { LookupThreadOrder } from './lookup-order.ts';
import { lookupWanted } from './lookup-wanted.ts';
import { lookedUpWith, lookupEvents } from './lookup.ts';

const lookingUp = (starter: Remote<TenantStarter>) => {
  const requests = followRequests();
  return {
    run(asked: LookupThreadOrder, signal: AbortSignal): AsyncGenerator<LookupEvent> {
      const { canAsk, wanted, ...rest } = asked;
      const order = { ...rest, ...askingStarter(starter, canAsk, signal), messages: [] };
      if (wanted !== null) return lookupWanted(order, wanted);
      return lookupEvents(order, (running, tell) =>
        lookedUpWith(order, running, tell, (begun) => requests.drive(begun, running)),
      );
    },
    want: (messages: readonly MessageKey[]): void => requests.want(messages),
    end: (): void => requests.end(),
  };
};
export type LookupWorker = ReturnType<typeof lookingUp>;

serveThread(lookingUp);
