import type { Format } from './format.ts';
import { auditDataColumn } from './audit/audit-data-column.ts';
import { bareAuditData } from './audit/bare-audit-data.ts';
import { cloudAppEventsCsv, cloudAppEventsJson } from './audit/cloud-app-events.ts';
import { elastic } from './audit/elastic.ts';
import { graphAuditRecords } from './audit/graph-audit-records.ts';
import { hawkSimpleCsv, hawkSimpleJson } from './audit/hawk-simple.ts';
import { mailboxAuditLog } from './audit/mailbox-audit-log.ts';
import { parsedAuditDataCsv } from './audit/parsed-audit-data-csv.ts';
import { purviewPortal, purviewPortalOld } from './audit/purview-portal.ts';
import {
  searchUnifiedAuditLog,
  searchUnifiedAuditLogJson,
} from './audit/search-unified-audit-log.ts';
import { sentinelCsv, sentinelJson } from './audit/office-activity.ts';
import { splunkCsv, splunkJson } from './audit/splunk.ts';
import { ualGraphCsv } from './audit/ual-graph-csv.ts';
import { wazuh } from './audit/wazuh.ts';
import { contentSearch } from './traces/content-search.ts';
import { entraSignInsCsv } from './sign-ins/entra-sign-ins-csv.ts';
import { graphSignIns } from './sign-ins/graph-sign-ins.ts';
import { powershellSignIns } from './sign-ins/powershell-sign-ins.ts';
import { graphMailbox } from './traces/graph-mailbox.ts';
import {
  graphMessageTrace,
  messageTraceCsv,
  messageTraceJson,
  messageTraceV2Csv,
} from './traces/message-trace.ts';
import { historicalExtended } from './traces/historical-extended.ts';
import { historicalSummary } from './traces/historical-summary.ts';

/**
 * Every format we read, tried in this order. Adding one is one file and one line here; its sample
 * must be claimed by itself and by no other (`test/formats/registry.test.ts`).
 */
export const FORMATS: readonly Format[] = [
  purviewPortal,
  purviewPortalOld,
  searchUnifiedAuditLog,
  searchUnifiedAuditLogJson,
  auditDataColumn,
  ualGraphCsv,
  graphAuditRecords,
  bareAuditData,
  parsedAuditDataCsv,
  hawkSimpleCsv,
  hawkSimpleJson,
  sentinelJson,
  sentinelCsv,
  cloudAppEventsJson,
  cloudAppEventsCsv,
  splunkCsv,
  splunkJson,
  elastic,
  wazuh,
  mailboxAuditLog,
  messageTraceCsv,
  messageTraceV2Csv,
  messageTraceJson,
  historicalSummary,
  historicalExtended,
  graphMessageTrace,
  graphMailbox,
  graphSignIns,
  powershellSignIns,
  entraSignInsCsv,
  contentSearch,
];
