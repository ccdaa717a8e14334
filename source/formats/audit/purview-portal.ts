import type { CsvFormat } from '../format.ts';
import { auditTable } from './audit-table.ts';
import { auditTableOf } from './column-names.ts';

/** Export of an audit search of the Purview portal; only AuditData is quoted. */
export const purviewPortal: CsvFormat = {
  name: 'purview-portal-csv',
  title: 'Purview portal export (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames\r
00000000-0000-4000-8000-0000000000b1,6/13/2026 4:05:03 AM,50,MailItemsAccessed,anna@contoso.example,"{""CreationTime"":""2026-06-13T04:05:03"",""Id"":""00000000-0000-4000-8000-0000000000b1"",""Operation"":""MailItemsAccessed"",""Folders"":[{""FolderItems"":[{""InternetMessageId"":""<b1@fabrikam.example>""}],""Id"":""LgAB"",""Path"":""\\\\Inbox""}],""OperationCount"":1}",,\r
`,
  recognise: (header) => auditTableOf(header) === 'purview',
  ...auditTable({ auditData: 'AuditData', id: 'RecordId', date: 'CreationDate' }),
};

/** Export of the portals before Purview, which is also what Untitled Goose downloads. */
export const purviewPortalOld: CsvFormat = {
  name: 'security-portal-csv',
  title: 'Old security portal export (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `CreationDate,UserIds,Operations,AuditData\r
2026-06-13T04:05:03.0000000Z,anna@contoso.example,MailItemsAccessed,"{""CreationTime"":""2026-06-13T04:05:03"",""Id"":""00000000-0000-4000-8000-0000000000b2"",""Operation"":""MailItemsAccessed""}"\r
`,
  recognise: (header) => auditTableOf(header) === 'purviewOld',
  ...auditTable({ auditData: 'AuditData', id: 'Identity', date: 'CreationDate' }),
};
