import type { CsvFormat } from '../format.ts';
import { auditTable } from './audit-table.ts';
import { auditTableOf } from './column-names.ts';
import { withoutAnnotations } from './odata-annotations.ts';

const table = auditTable({ auditData: 'auditData', id: 'id', date: 'createdDateTime' });

/** Microsoft-Extractor-Suite Get-UALGraph: auditData is pretty-printed over many lines. */
export const ualGraphCsv: CsvFormat = {
  name: 'ualgraph-csv',
  title: 'Microsoft-Extractor-Suite Get-UALGraph (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `"id","createdDateTime","auditLogRecordType","operation","organizationId","userType","userId","service","objectId","userPrincipalName","clientIp","administrativeUnits","auditData"
"00000000-0000-4000-8000-0000000000b5","2026-06-13T10:48:21Z","ExchangeItemAggregated","MailItemsAccessed","","Regular","10032000","Exchange","","anna@contoso.example","","","{
  ""@odata.type"": ""#microsoft.graph.security.defaultAuditData"",
  ""CreationTime"": ""2026-06-13T10:48:21Z"",
  ""Id"": ""00000000-0000-4000-8000-0000000000b5"",
  ""Operation"": ""MailItemsAccessed""
}"
`,
  recognise: (header) => auditTableOf(header) === 'ualGraph',
  ...table,
  reader: (column, layout) => {
    const read = table.reader(column, layout);
    return (cells) => {
      const content = read(cells);
      if (content.kind !== 'audit') return content;
      return { ...content, auditData: withoutAnnotations(content.auditData) };
    };
  },
};
