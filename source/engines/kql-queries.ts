import { readAddressRange } from '../domain/addresses/address-range.ts';
import { readRows } from './kql-record.ts';
import type { KqlTable } from './kql-tables.ts';
import { kqlList, kqlText, kqlTime } from './kql-text.ts';
import type { PlannedQuery, RecordFilter } from './session-plan.ts';

/** A row's own date is trusted to be this near to the record's, to read less; records decide. */
const MARGIN = '7d';

const rowPeriod = ({ time }: KqlTable, { since, until }: RecordFilter): readonly string[] =>
  time === null
    ? []
    : [
        ...(since === null ? [] : [`${time} >= ${kqlTime(since)} - ${MARGIN}`]),
        ...(until === null ? [] : [`${time} < ${kqlTime(until)} + ${MARGIN}`]),
      ];

/** `--user`: a whole name where it holds an @, else a part of one. */
const matchesUser = (user: string): string => {
  const name = kqlText(user.toLowerCase());
  const operator = user.includes('@') ? '==' : 'contains_cs';
  return `mia_actor ${operator} ${name} or mia_owner ${operator} ${name}`;
};

const matchesAddress = (typed: string): string => {
  const range = readAddressRange(typed);
  if ('problem' in range || range.of === 'address')
    return `mia_address == ${kqlText('problem' in range ? typed : range.address)}`;
  return range.ipv4
    ? `ipv4_is_in_range(mia_address, ${kqlText(range.cidr)})`
    : `(mia_address contains ":" and ipv6_is_in_range(mia_address, ${kqlText(range.cidr)}))`;
};

const matchesMailbox = (mailbox: string): string => {
  const name = kqlText(mailbox.toLowerCase());
  return `mia_mailbox == ${name} or mia_owner == ${name}`;
};

const anyOf = (conditions: readonly string[]): readonly string[] =>
  conditions.length === 0 ? [] : [`(${conditions.join(' or ')})`];

const matching = ({ users, addresses, mailboxes, since, until }: RecordFilter): string =>
  [
    'mia_readable',
    ...(since === null ? [] : [`mia_time >= ${kqlTime(since)}`]),
    ...(until === null ? [] : [`mia_time < ${kqlTime(until)}`]),
    ...anyOf(users.map(matchesUser)),
    ...anyOf(addresses.map(matchesAddress)),
    ...anyOf(mailboxes.map(matchesMailbox)),
  ].join(' and ');

const DIFFERING = `let mia_differing = mia_all
| where mia_readable
| summarize mia_variants = count_distinct(mia_content) by mia_id
| where mia_variants > 1;`;

const COVERAGE = `${DIFFERING}
let mia_differing_matching = toscalar(mia_all | where mia_matching | join kind=leftsemi mia_differing on mia_id | summarize count_distinct(mia_id));
mia_all
| summarize
    Rows = count(),
    NotParsed = countif(not(mia_parsed)),
    WithoutId = countif(mia_parsed and isempty(mia_id)),
    WithoutTime = countif(mia_parsed and isnull(mia_time)),
    Matching = countif(mia_matching),
    Records = count_distinctif(mia_id, mia_matching),
    FirstSeen = minif(mia_time, mia_matching),
    LastSeen = maxif(mia_time, mia_matching)
| project Rows, NotParsed, WithoutId, WithoutTime, Matching, Records,
    FurtherCopies = Matching - Records, DifferingRecords = mia_differing_matching, FirstSeen, LastSeen`;

const CONTEXT = `mia_context_key, mia_session_key, mia_session, mia_mailbox, mia_actor, mia_address, mia_client, mia_app_id, mia_client_app_id, mia_logon_type, mia_device`;

/** Copies of a record count once in a context; of what they differ in, the most. */
const CONTEXTS = `${DIFFERING}
let mia_records = mia_all
| where mia_matching
| lookup kind=leftouter mia_differing on mia_id
| summarize mia_first = min(mia_time), mia_last = max(mia_time), mia_bind = max(toint(mia_access == "bind")),
    mia_sync = max(toint(mia_access == "sync")), mia_count = max(mia_declared), mia_silenced = max(toint(mia_throttled)),
    mia_differs = max(toint(isnotnull(mia_variants))), mia_owners = make_set_if(mia_owner, isnotempty(mia_owner)) by mia_id, ${CONTEXT};
let mia_listed = mia_all
| where mia_matching
| mv-expand with_itemindex=mia_folder_at mia_folder = mia_record.Folders to typeof(dynamic)
| mv-expand with_itemindex=mia_item_at mia_item = mia_folder.FolderItems to typeof(dynamic);
let mia_single = mia_all
| where mia_matching and isnotempty(mia_message_id(tostring(mia_record.Item.InternetMessageId)))
| extend mia_folder_at = -1, mia_item_at = 0, mia_item = mia_record.Item;
let mia_items = union mia_listed, mia_single
| extend mia_message = mia_message_id(tostring(mia_item.InternetMessageId)),
    mia_item_id = coalesce(mia_stated(tostring(mia_item.Id)), mia_stated(tostring(mia_item.ImmutableId)))
| where isnotempty(mia_message) or isnotempty(mia_item_id)
| extend mia_message_key = iff(isempty(mia_message), strcat("item ", mia_item_id), strcat("message ", mia_message))
| summarize by mia_id, mia_folder_at, mia_item_at, mia_item_id, mia_message_key, ${CONTEXT};
union mia_records, mia_items
| summarize FirstSeen = min(mia_first), LastSeen = max(mia_last), Records = countif(isnotnull(mia_first)), Binds = sum(mia_bind),
    Syncs = sum(mia_sync), ItemsDeclared = iff(countif(isnotnull(mia_count)) > 0, sum(mia_count), long(null)),
    ItemsListed = countif(isnotempty(mia_message_key)),
    Messages = count_distinctif(mia_message_key, isnotempty(mia_message_key)), Throttled = sum(mia_silenced),
    DifferingRecords = sum(mia_differs), mia_owner_names = make_set(mia_owners) by ${CONTEXT}
| project ContextKey = mia_context_key, SessionKey = mia_session_key, SessionId = mia_session, Mailbox = mia_mailbox,
    Owners = strcat_array(mia_owner_names, ", "), Actor = mia_actor, Address = mia_address, ClientInfo = mia_client,
    AppId = mia_app_id, ClientAppId = mia_client_app_id, LogonType = mia_logon_type, DeviceId = mia_device,
    FirstSeen, LastSeen, Records, Binds, Syncs, ItemsDeclared, ItemsListed, Messages, Throttled, DifferingRecords
| sort by FirstSeen asc, ContextKey asc`;

/** Every copy of a record that has a copy in a chosen context, wherever the other copies fall. */
const chosenRows = (keys: readonly string[]): string => {
  const list = kqlList(keys);
  return `let mia_chosen = mia_all
| where mia_matching and (mia_context_key in (${list}) or mia_session_key in (${list}) or mia_session in (${list}))
| distinct mia_id;
mia_all
| where mia_readable
| join kind=leftsemi mia_chosen on mia_id`;
};

const exported = ({ exported: columns }: KqlTable): string =>
  columns === null ? 'project-away mia_*' : `project ${columns.join(', ')}`;

const bodyOf = (planned: PlannedQuery, table: KqlTable): string => {
  switch (planned.query) {
    case 'coverage':
      return COVERAGE;
    case 'contexts':
      return CONTEXTS;
    case 'unreadable':
      return `mia_all\n| where not(mia_readable)\n| ${exported(table)}`;
    case 'pageSizes':
      return `${chosenRows(planned.keys)}
| summarize Rows = count(), Records = count_distinct(mia_id), FirstSeen = min(mia_time), LastSeen = max(mia_time) by Page = hash(mia_id, ${planned.pages}) + 1
| project Page, Rows, Records, FirstSeen, LastSeen
| sort by Page asc`;
    case 'records':
      return `${chosenRows(planned.keys)}
| where hash(mia_id, ${planned.pages}) == ${planned.page}
| sort by mia_time asc, mia_id asc
| ${exported(table)}`;
  }
};

/** One planned query as KQL, without a comment. */
export const kqlOf = (planned: PlannedQuery, filter: RecordFilter, table: KqlTable): string =>
  `${readRows(table, rowPeriod(table, filter))}
let mia_all = mia_rows | extend mia_matching = ${matching(filter)};
${bodyOf(planned, table)}`;
