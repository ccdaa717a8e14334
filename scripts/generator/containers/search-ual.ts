import type { AuditData } from '../access.ts';
import { csvText } from '../csv.ts';
import type { CsvStyle } from '../csv.ts';
import type { Encoding } from '../encoding.ts';
import type { Loss } from '../loss.ts';
import type { Container } from './container.ts';
import { dutchDate, recordTypeName, textOf, usDate } from './record-fields.ts';
import { mapEach } from '../map-each.ts';

const PS = ['PSComputerName', 'RunspaceId', 'PSShowComputerName'];
const COLUMNS =
  'RecordType,CreationDate,UserIds,Operations,AuditData,ResultIndex,ResultCount,Identity,IsValid,ObjectState'.split(
    ',',
  );
/** Search-UnifiedAuditLog answers in batches of at most this many. */
const BATCH = 5000;

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly encoding?: Encoding;
  readonly ps?: boolean;
  readonly typeLine?: boolean;
  readonly delimiter?: CsvStyle['delimiter'];
  readonly dateOf?: (record: AuditData) => string;
  readonly cannotCarry?: readonly Loss[];
}

/** One row of `Search-UnifiedAuditLog`, with AuditData as the text it is there. */
export const searchRow = (
  record: AuditData,
  index: number,
  dateOf: (record: AuditData) => string,
): { readonly [column: string]: string } => ({
  PSComputerName: 'outlook.office365.com',
  RunspaceId: '2850e838-7c6a-4b61-a2e6-90e8c9b49bbb',
  PSShowComputerName: 'False',
  RecordType: recordTypeName(record),
  CreationDate: dateOf(record),
  UserIds: textOf(record, 'UserId'),
  Operations: textOf(record, 'Operation'),
  AuditData: JSON.stringify(record),
  ResultIndex: String((index % BATCH) + 1),
  ResultCount: String(BATCH),
  Identity: textOf(record, 'Id'),
  IsValid: 'True',
  ObjectState: 'Unchanged',
});

const searchUal = (variant: Variant): Container => ({
  name: variant.name,
  title: variant.title,
  extension: 'csv',
  encoding: variant.encoding ?? 'utf-8',
  cannotCarry: variant.cannotCarry ?? [],
  text: function* (records) {
    if (variant.typeLine)
      yield '#TYPE Microsoft.Exchange.Management.SystemConfigurationTasks.UnifiedAuditEvent\r\n';
    const columns = variant.ps === false ? COLUMNS : [...PS, ...COLUMNS];
    const dateOf = variant.dateOf ?? usDate;
    const rows = mapEach(records, (record, index) => searchRow(record, index, dateOf));
    yield* csvText(columns, rows, { delimiter: variant.delimiter ?? ',', quote: 'all' });
  },
});

const SEARCH = 'Search-UnifiedAuditLog | Export-Csv';

export const searchUalContainers: readonly Container[] = [
  searchUal({ name: 'search-ual', title: SEARCH }),
  searchUal({ name: 'search-ual-no-ps', title: `${SEARCH}, without PS columns`, ps: false }),
  searchUal({ name: 'search-ual-type', title: `${SEARCH}, with a #TYPE line`, typeLine: true }),
  searchUal({ name: 'search-ual-bom', title: `${SEARCH}, UTF-8 with BOM`, encoding: 'utf-8-bom' }),
  searchUal({ name: 'search-ual-utf16le', title: `${SEARCH}, UTF-16LE`, encoding: 'utf-16le' }),
  searchUal({
    name: 'search-ual-utf16le-bom',
    title: `${SEARCH}, UTF-16LE with BOM`,
    encoding: 'utf-16le-bom',
  }),
  searchUal({
    name: 'search-ual-semicolon',
    title: `${SEARCH} -Delimiter ';', on a Dutch machine`,
    delimiter: ';',
    dateOf: dutchDate,
  }),
  searchUal({
    name: 'search-ual-type-utf16le-semicolon',
    title: `${SEARCH}, everything at once: #TYPE, UTF-16LE with BOM, semicolons`,
    typeLine: true,
    encoding: 'utf-16le-bom',
    delimiter: ';',
    dateOf: dutchDate,
  }),
  searchUal({
    name: 'mes-csv',
    title: 'Microsoft-Extractor-Suite Get-UAL (CSV)',
    ps: false,
    encoding: 'utf-8-bom',
  }),
  searchUal({
    name: 'pwc-csv',
    title: 'PwC Office-365-Extractor (CSV): ASCII, other letters are question marks',
    encoding: 'ascii',
    cannotCarry: ['nonAscii'],
  }),
];
