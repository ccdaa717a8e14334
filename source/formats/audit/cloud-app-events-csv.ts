import type { CsvFormat } from '../format.ts';
import { cloudAppContent } from './cloud-app-events.ts';
import { hasColumn } from './column-names.ts';

const COLUMNS = ['Timestamp', 'ActionType', 'ReportId', 'RawEventData'] as const;

/** Defender CloudAppEvents exported from advanced hunting: RawEventData as JSON text. */
export const cloudAppEventsCsv: CsvFormat = {
  name: 'defender-cloudappevents-csv',
  title: 'Defender CloudAppEvents (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `Timestamp,ActionType,ReportId,RawEventData
2026-06-13T20:52:23Z,MailItemsAccessed,1_20893_00000000-0000-4000-8000-0000000000c3,"{""CreationTime"":""2026-06-13T20:52:23"",""Id"":""00000000-0000-4000-8000-0000000000c3"",""Operation"":""MailItemsAccessed""}"
`,
  recognise: (header) => hasColumn(header, 'ActionType', 'RawEventData'),
  reader: (column) => {
    const places = COLUMNS.map((name) => [name, column(name)] as const);
    return (cells) =>
      cloudAppContent(Object.fromEntries(places.map(([name, at]) => [name, cells[at] ?? ''])));
  },
};
