import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { Case } from '../../case/case.ts';
import { openCase } from '../../case/case.ts';
import type { LookupEvent } from './lookup-events.ts';
import type { LookupOrder, WantedMessages } from './lookup-order.ts';
import { lookupMessages } from './lookup.ts';

/** The messages that are wanted, in the order of a list of messages; asked for anew whenever walked. */
export const wantedKeys = (theCase: Case, wanted: WantedMessages): Iterable<MessageKey> => {
  switch (wanted.of) {
    case 'keys':
      return wanted.keys;
    case 'sessions':
      return theCase.messageKeys(wanted.keys);
    case 'malicious':
      return theCase.messageKeys('malicious');
  }
};

/** The same, by a desk that is open only while they are walked: what it works out takes tens of MiB. */
const keysByCase = (
  { folder, analyst }: Pick<LookupOrder, 'folder' | 'analyst'>,
  wanted: WantedMessages,
): Iterable<MessageKey> => ({
  *[Symbol.iterator]() {
    const now = (): string => new Date().toISOString();
    const theCase = openCase({ folder, analyst, now, mustExist: true, alongside: true });
    try {
      yield* wantedKeys(theCase, wanted);
    } finally {
      theCase.close();
    }
  },
});

/** `lookupMessages` of what is wanted, as the case says it. The case is there. */
export const lookupWanted = (
  order: LookupOrder,
  wanted: WantedMessages,
): AsyncGenerator<LookupEvent> => lookupMessages({ ...order, messages: keysByCase(order, wanted) });
