/** The thread in which messages are looked up; that of the console signs in once, and stays. */
import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { Remote } from '../../threads/connection.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { askingStarter, type TenantStarter } from '../authenticate/tenant-thread.ts';
import { followWishes } from './followed-wishes.ts';
import type { LookUpEvent } from './lookup-events.ts';
import type { LookUpThreadOrder } from './lookup-order.ts';
import { lookUpWanted } from './lookup-wanted.ts';
import { lookedUpWith, lookUpEvents } from './lookup.ts';

const lookingUp = (starter: Remote<TenantStarter>) => {
  const wishes = followWishes();
  return {
    run(asked: LookUpThreadOrder, signal: AbortSignal): AsyncGenerator<LookUpEvent> {
      const { canAsk, wanted, ...rest } = asked;
      const order = { ...rest, ...askingStarter(starter, canAsk, signal), messages: [] };
      if (wanted !== null) return lookUpWanted(order, wanted);
      return lookUpEvents(order, (running, tell) =>
        lookedUpWith(order, running, tell, (begun) => wishes.drive(begun, running)),
      );
    },
    want: (messages: readonly MessageKey[]): void => wishes.want(messages),
    end: (): void => wishes.end(),
  };
};
export type LookUpWorker = ReturnType<typeof lookingUp>;

serveThread(lookingUp);
