import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { cloudAppContent, cloudAppEventOf } from './cloud-app-events.ts';

/** Defender CloudAppEvents: advanced hunting results and the streaming API. */
export const cloudAppEventsJson: JsonFormat = {
  name: 'defender-cloudappevents-json',
  title: 'Defender CloudAppEvents (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"Timestamp":"2026-06-13T20:52:23Z","ActionType":"MailItemsAccessed","ReportId":"1_20893_00000000-0000-4000-8000-0000000000c1","RawEventData":{"CreationTime":"2026-06-13T20:52:23","Id":"00000000-0000-4000-8000-0000000000c1","Operation":"MailItemsAccessed"}}
{"time":"2026-06-13T20:53:00Z","category":"AdvancedHunting-CloudAppEvents","properties":{"ActionType":"MailItemsAccessed","RawEventData":{"CreationTime":"2026-06-13T20:53:00","Id":"00000000-0000-4000-8000-0000000000c2","Operation":"MailItemsAccessed","OperationProperties":["@{Value=Bind; Name=MailAccessType}"],"Folders":["@{Id=LgAB; Path=\\\\Inbox; FolderItems=System.Object[]}"]}}}
`,
  recognise: (element) => {
    const event = cloudAppEventOf(element);
    return 'ActionType' in event && 'RawEventData' in event;
  },
  read: (element, layout) => cloudAppContent(cloudAppEventOf(element), layout.facts[DATE_ORDER]),
};
