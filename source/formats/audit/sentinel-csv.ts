import type { CsvFormat } from '../format.ts';
import { DATE_ORDER, dateOrderOf } from '../dates/local-time.ts';
import { isOfficeActivity, officeActivityContent } from './office-activity.ts';
import { isPortalColumn } from './portal-column.ts';

/** OfficeActivity exported from the Sentinel or Log Analytics portal. */
export const sentinelCsv: CsvFormat = {
  name: 'sentinel-officeactivity-csv',
  title: 'Sentinel OfficeActivity (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `"TimeGenerated [UTC]",Operation,OfficeWorkload,OfficeId,"Logon_Type",Folders
"2026-06-13T20:52:23Z",MailItemsAccessed,Exchange,00000000-0000-4000-8000-0000000000bf,Owner,"[{""FolderItems"":[{""InternetMessageId"":""<bf@fabrikam.example>""}]}]"
`,
  recognise: (header) => isOfficeActivity(header),
  facts: (header, rows) => {
    const at = header.findIndex((name) => isPortalColumn(name, 'TimeGenerated'));
    return { [DATE_ORDER]: dateOrderOf(rows.map((cells) => cells[at] ?? '')) };
  },
  reader: (column, layout) => {
    const names = layout.header ?? [];
    for (const name of names) column(name);
    const order = layout.facts[DATE_ORDER];
    return (cells) =>
      officeActivityContent(
        names.map((name, at) => [name, cells[at]] as const),
        order,
      );
  },
};
