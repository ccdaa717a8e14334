import { storedJson } from '../../domain/disk-trouble.ts';
import type { EventItem, EventResource, SideEvent } from '../../domain/events/side-event.ts';
import { statedJson } from './stated-json.ts';

const NOTHING_STATED: SideEvent = {
  id: '',
  time: '',
  kind: 'changed',
  operation: '',
  workload: null,
  result: null,
  sessionId: null,
  sessionIdSource: null,
  otherSessionIds: [],
  tokenId: null,
  mailboxGuid: null,
  mailboxOwner: null,
  actor: null,
  address: null,
  clientInfo: null,
  appId: null,
  clientAppId: null,
  items: [],
  folder: null,
  destinationFolder: null,
  parameters: [],
  query: null,
  object: null,
  fileName: null,
  fileUrl: null,
  resources: [],
  otherFields: [],
};

const NO_ITEM: EventItem = {
  subject: null,
  internetMessageId: null,
  itemId: null,
  folder: null,
  attachments: null,
};

const NO_RESOURCE: EventResource = { id: null, name: null, type: null, action: null, site: null };

/** A side event as JSON, without what it does not state. */
export const eventText = (event: SideEvent): string => statedJson(event);

/** Turns `eventText` back. */
export const eventOfText = (text: string): SideEvent => {
  const event = { ...NOTHING_STATED, ...(storedJson(text) as Partial<SideEvent>) };
  return {
    ...event,
    items: event.items.map((item) => ({ ...NO_ITEM, ...item })),
    resources: event.resources.map((resource) => ({ ...NO_RESOURCE, ...resource })),
  };
};
