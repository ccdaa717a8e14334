import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { CaseDesk } from '../../case/case-desk.ts';
import { openDesk } from '../../case/open-desk.ts';
import type { LookUpEvent } from './lookup-events.ts';
import type { LookUpOrder, WantedMessages } from './lookup-order.ts';
import { lookUpMessages } from './lookup.ts';

/** The messages that are wanted, in the order of a list of messages; asked for anew whenever walked. */
export const wantedKeys = (desk: CaseDesk, wanted: WantedMessages): Iterable<MessageKey> => {
  switch (wanted.of) {
    case 'keys':
      return wanted.keys;
    case 'sessions':
      return desk.messageKeys(wanted.keys);
    case 'malicious':
      return desk.messageKeys('malicious');
  }
};

/** The same, by a desk that is open only while they are walked: what it works out takes tens of MiB. */
const keysByDesk = (
  { folder, analyst }: Pick<LookUpOrder, 'folder' | 'analyst'>,
  wanted: WantedMessages,
): Iterable<MessageKey> => ({
  *[Symbol.iterator]() {
    const now = (): string => new Date().toISOString();
    const desk = openDesk({ folder, analyst, now, mustExist: true, alongside: true });
    try {
      yield* wantedKeys(desk, wanted);
    } finally {
      desk.close();
    }
  },
});

/** `lookUpMessages` of what is wanted, as the case says it. The case is there. */
export const lookUpWanted = (
  order: LookUpOrder,
  wanted: WantedMessages,
): AsyncGenerator<LookUpEvent> => lookUpMessages({ ...order, messages: keysByDesk(order, wanted) });
