import { EMPTY_WORDS, LOGON_TYPES, RECORD_TYPES, USER_TYPES } from '../domain/records/stated.ts';
import { ADDRESS_FUNCTIONS } from './kql-address.ts';
import type { KqlTable } from './kql-tables.ts';
import { kqlList, kqlPattern } from './kql-text.ts';

const GUID = kqlPattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');

/** What `stated.ts` and `address.ts` say, as functions of KQL. Absent text is "". */
const FUNCTIONS = String.raw`let mia_stated = (text:string) {
  let bare = trim(@'[\s\x0b\p{Z}\x{feff}]+', text);
  iff(tolower(bare) in (${kqlList([...EMPTY_WORDS])}), "", bare)
};
let mia_lower = (text:string) { tolower(mia_stated(text)) };
let mia_json = (text:string) {
  let quoted = replace_string(replace_string(text, "\\", "\\\\"), "\"", "\\\"");
  iff(isempty(text), "null",
    strcat("\"", replace_string(replace_string(replace_string(quoted, "\n", "\\n"), "\r", "\\r"), "\t", "\\t"), "\""))
};
let mia_message_id = (text:string) {
  let bare = mia_stated(text);
  iff(bare startswith "<" and bare endswith ">", trim(@'\s+', substring(bare, 1, strlen(bare) - 2)), bare)
};
${ADDRESS_FUNCTIONS}`;

const stated = (path: string): string => `mia_stated(tostring(mia_record.${path}))`;
const lower = (path: string): string => `mia_lower(tostring(mia_record.${path}))`;

/** The value of a {Name, Value} pair, in either order, or of a property of that name. */
const pair = (path: string, name: string): string => {
  const text = `tostring(mia_record.${path})`;
  const key = String.raw`"Name"\s*:\s*"${name}"`;
  const value = String.raw`"Value"\s*:\s*"?([^",}]*)"?`;
  const found = [String.raw`${key}\s*,\s*${value}`, String.raw`${value}\s*,\s*${key}`]
    .map((pattern) => `extract(${kqlPattern(pattern)}, 1, ${text})`)
    .join(', ');
  return `mia_stated(coalesce(tostring(mia_record.${path}.${name}), ${found}))`;
};

/** A number of an enumeration, written as number or word; null where it is neither. */
const numberOf = (path: string, words: Readonly<Record<string, number>>): string =>
  `coalesce(tolong(todouble(${stated(path)})), tolong(dynamic(${JSON.stringify(words)})[${lower(path)}]))`;

const LISTS_ITEMS = kqlPattern(String.raw`"FolderItems"\s*:\s*\[\s*[^\]\s]`);
/** As `accessTypeOf`: what is stated, else what the record lists, else its RecordType. */
const ACCESS = `case(
    mia_access_word in ("bind", "sync"), mia_access_word,
    tostring(mia_record.Folders) matches regex ${LISTS_ITEMS} or isnotempty(${stated('Item.InternetMessageId')}), "bind",
    mia_record_type == 2 or array_length(mia_record.Folders) > 0 or isnotempty(${stated('Item.ParentFolder.Id')}), "sync",
    "bind")`;

/** The fields that keys are made of, in the order of `contextKeyOf`. */
const KEY_FIELDS = [
  ...['mailbox', 'actor', 'address', 'client', 'app_id', 'client_app_id'].map(
    (name) => `mia_json(mia_${name})`,
  ),
  'iff(isnull(mia_logon_type), "null", tostring(mia_logon_type))',
  'mia_json(mia_device)',
].join(', ",", ');

const keyOf = (kind: string, ...fields: readonly string[]): string =>
  `substring(hash_sha256(strcat("[\\"${kind}\\",", ${fields.join(', ",", ')}, "]")), 0, 16)`;

/** The columns made of each row, in steps, since one step cannot use what it makes itself. */
const stepsOf = ({ record, time, spareId }: KqlTable): readonly string[] => [
  `mia_record = ${record}`,
  `mia_parsed = gettype(mia_record) == "dictionary" and isnotempty(${stated('Operation')}),
    mia_row_time = ${time ?? 'datetime(null)'},
    mia_id = coalesce(${lower('Id')}, ${spareId === null ? '""' : `tolower(${spareId})`}),
    mia_content = hash_sha256(tostring(mia_record)),
    mia_stated_session = coalesce(${stated('SessionId')}, ${stated('AppAccessContext.AADSessionId')}, ${pair('DeviceProperties', 'SessionId')}),
    mia_owner = ${lower('MailboxOwnerUPN')},
    mia_user_type = ${numberOf('UserType', USER_TYPES)},
    mia_record_type = ${numberOf('RecordType', RECORD_TYPES)},
    mia_logon_type = ${numberOf('LogonType', LOGON_TYPES)},
    mia_app_id = ${lower('AppId')},
    mia_client_app_id = coalesce(${lower('ClientAppId')}, ${lower('AppAccessContext.ClientAppId')}),
    mia_client = ${stated('ClientInfoString')},
    mia_device = ${lower('DeviceId')},
    mia_address = mia_address(coalesce(${stated('ClientIPAddress')}, ${stated('ClientIP')})),
    mia_access_word = tolower(${pair('OperationProperties', 'MailAccessType')}),
    mia_throttled = tolower(${pair('OperationProperties', 'IsThrottled')}) == "true",
    mia_stated_count = tolong(todouble(${stated('OperationCount')}))`,
  `mia_time = bin(coalesce(todatetime(tostring(mia_record.CreationTime)), mia_row_time), 1ms),
    mia_session = iff(mia_stated_session matches regex ${GUID}, tolower(mia_stated_session), mia_stated_session),
    mia_mailbox = coalesce(${lower('MailboxGuid')}, strcat("owner:", mia_owner)),
    mia_actor = iff(mia_user_type in (5, 6), coalesce(mia_client_app_id, ${lower('UserId')}), ${lower('UserId')}),
    mia_declared = iff(mia_stated_count >= 0, mia_stated_count, long(null)),
    mia_access = ${ACCESS}`,
  `mia_readable = mia_parsed and isnotempty(mia_id) and isnotnull(mia_time),
    mia_context_key = ${keyOf('context', 'mia_json(mia_session)', KEY_FIELDS)},
    mia_session_key = iff(isempty(mia_session), ${keyOf('derived', KEY_FIELDS)}, ${keyOf('session', 'mia_json(mia_session)')})`,
];

/** All rows of mail accesses in the table, and those that cannot be read, as `mia_rows`. */
export const readRows = (table: KqlTable, before: readonly string[]): string =>
  [
    FUNCTIONS,
    `let mia_rows = ${table.name}`,
    ...[...(table.where === null ? [] : [table.where]), ...before].map((one) => `| where ${one}`),
    ...stepsOf(table).map((step) => `| extend ${step}`),
    `| where not(mia_parsed) or ${lower('Operation')} == "mailitemsaccessed";`,
  ].join('\n');
