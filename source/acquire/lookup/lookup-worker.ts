/** The thread in which messages are looked up; that of the console authenticates once, and stays. */
import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { Remote } from '../../threads/connection.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { askingStarter, type TenantStarter } from '../authenticate/tenant-thread.ts';
import type { LookupEvent, LookupThreadOrder } from './lookup-order.ts';
import { lookupMessages, lookupRequests, selectedMessages } from './lookup.ts';

const lookingUp = (starter: Remote<TenantStarter>) => {
  const requests = lookupRequests();
  return {
    run(asked: LookupThreadOrder, signal: AbortSignal): AsyncGenerator<LookupEvent> {
      const { canAsk, wanted, ...rest } = asked;
      const order = { ...rest, ...askingStarter(starter, canAsk, signal) };
      return wanted === null
        ? requests.follow({ ...order, messages: [] })
        : lookupMessages({ ...order, messages: selectedMessages(order.folder, wanted) });
    },
    want: (messages: readonly MessageKey[]): void => requests.want(messages),
    end: (): void => requests.end(),
  };
};
export type LookupWorker = ReturnType<typeof lookingUp>;

serveThread(lookingUp);
