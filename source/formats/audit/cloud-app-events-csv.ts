import type { CsvFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { cloudAppContent } from './cloud-app-events.ts';
import { hasColumn } from './column-names.ts';
import { portalName } from './portal-column.ts';

const COLUMNS = new Set(['Timestamp', 'TimeGenerated', 'ActionType', 'ReportId', 'RawEventData']);

/** The columns that are read, by their names; times of an unstated zone are none. */
const columnsOf = (header: readonly string[]): readonly (readonly [string, string])[] =>
  header.flatMap((column) => {
    const { name, zone } = portalName(column);
    return zone === 'utc' && COLUMNS.has(name) ? [[name, column] as const] : [];
  });

/** Defender CloudAppEvents exported from advanced hunting or Log Analytics: RawEventData as JSON text. */
export const cloudAppEventsCsv: CsvFormat = {
  name: 'defender-cloudappevents-csv',
  title: 'Defender CloudAppEvents (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `Timestamp,ActionType,ReportId,RawEventData
2026-06-13T20:52:23Z,MailItemsAccessed,1_20893_00000000-0000-4000-8000-0000000000c3,"{""CreationTime"":""2026-06-13T20:52:23"",""Id"":""00000000-0000-4000-8000-0000000000c3"",""Operation"":""MailItemsAccessed""}"
`,
  recognise: (header) => hasColumn(header, 'ActionType', 'RawEventData'),
  reader: (column, layout) => {
    const places = columnsOf(layout.header ?? []).map(([name, at]) => [name, column(at)] as const);
    const order = layout.facts[DATE_ORDER];
    return (cells) =>
      cloudAppContent(
        Object.fromEntries(places.map(([name, at]) => [name, cells[at] ?? ''])),
        order,
      );
  },
};
