/**
 * What raw files say, read apart from the program in the words of `domain.md`, "Reading". Nothing of
 * `source/` is used in the files named plain-*: what both computations say was arrived at twice.
 */

export type Row = Readonly<Record<string, unknown>>;

/** A file as it lies on the disk. */
export interface PlainFile {
  readonly name: string;
  readonly text: string;
}

/** A message of a mailbox by its id, or an item by its item id; and the folder it was seen in. */
export interface PlainItem {
  readonly message: string | null;
  readonly itemId: string | null;
  readonly folder: PlainFolder;
}

/** One by id, and by name where it has none. */
export interface PlainFolder {
  readonly key: string;
  readonly hasId: boolean;
  readonly name: string;
}

/** One row as an access; null is "not stated". */
export interface PlainReading {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly isSync: boolean;
  readonly session: string | null;
  readonly mailbox: string;
  readonly owner: string | null;
  readonly actor: string | null;
  readonly address: string | null;
  readonly client: string | null;
  readonly app: string | null;
  readonly clientApp: string | null;
  readonly logonType: number | null;
  readonly device: string | null;
  readonly throttled: boolean | null;
  readonly declared: number | null;
  readonly folders: readonly PlainFolder[];
  readonly items: readonly PlainItem[];
  /** It says itself that it names fewer items than were accessed. */
  readonly lacksItems: boolean;
}

export type PlainRow =
  | { readonly fate: 'record'; readonly reading: PlainReading }
  | { readonly fate: 'other' }
  | { readonly fate: 'damaged'; readonly time: number | null };

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && value.trim() !== 'Not Available'
    ? value.trim()
    : null;

const lowerOf = (value: unknown): string | null => textOf(value)?.toLowerCase() ?? null;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const objectOf = (value: unknown): Row =>
  typeof value === 'object' && value !== null ? (value as Row) : {};

const listOf = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.map(objectOf) : [];

const timeOf = (value: unknown): number | null => {
  const text = textOf(value);
  if (text === null) return null;
  const time = Date.parse(text.endsWith('Z') ? text : `${text}Z`);
  return Number.isNaN(time) ? null : time;
};

/** `domain.md` 9, as far as the cases here need it: a port, and IPv4 written as IPv6. */
const addressOf = (value: unknown): string | null => {
  const plain = lowerOf(value)?.replace(/^\[(.*)\](:\d+)?$/, '$1');
  return plain?.replace(/^::ffff:/, '').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1') ?? null;
};

const folderOf = (folder: Row): PlainFolder => {
  const name = textOf(folder['Path']) ?? textOf(folder['Name']) ?? '';
  const id = textOf(folder['Id']);
  return { key: id ?? `named ${name}`, hasId: id !== null, name };
};

const lastPart = (name: string): string => name.replace(/^.*\\/, '');

/**
 * Ids tell folders apart. Where a record lost the id, its folder may be any of that name, and doubt
 * never clears; a Sync states a bare name, a Bind a path, so that the last part of both is compared.
 */
export const mayBeOneFolder = (one: PlainFolder, other: PlainFolder): boolean =>
  one.key === other.key ||
  (!(one.hasId && other.hasId) && lastPart(one.name) === lastPart(other.name));

const propertyOf = (row: Row, name: string): string | null =>
  lowerOf(listOf(row['OperationProperties']).find((pair) => pair['Name'] === name)?.['Value']);

const messageIdOf = (value: unknown): string | null =>
  textOf(value)?.replace(/^<(.*)>$/, '$1') ?? null;

const itemsOf = (row: Row): readonly PlainItem[] =>
  listOf(row['Folders']).flatMap((folder) =>
    listOf(folder['FolderItems']).map((item) => ({
      message: messageIdOf(item['InternetMessageId']),
      itemId: textOf(item['Id']),
      folder: folderOf(folder),
    })),
  );

const sessionOf = (row: Row): string | null =>
  lowerOf(row['SessionId']) ?? lowerOf(objectOf(row['AppAccessContext'])['AADSessionId']);

/** With UserType 5 or 6 the actor is the application, whatever UserId shows (`domain.md` 7). */
const actorOf = (row: Row): string | null =>
  row['UserType'] === 5 || row['UserType'] === 6
    ? (lowerOf(row['ClientAppId']) ?? lowerOf(row['UserId']))
    : lowerOf(row['UserId']);

/** A row of a file; `containerTime` serves only where the record has none (`domain.md` 10). */
const readRow = (row: Row, containerTime: unknown = null): PlainRow => {
  const time = timeOf(row['CreationTime']) ?? timeOf(containerTime);
  const operation = textOf(row['Operation']);
  const id = lowerOf(row['Id']);
  if (operation !== null && operation !== 'MailItemsAccessed') return { fate: 'other' };
  if (operation === null || id === null || time === null) return { fate: 'damaged', time };
  const isSync = propertyOf(row, 'MailAccessType') === 'sync';
  const items = itemsOf(row);
  const declared = numberOf(row['OperationCount']);
  const parent = objectOf(row['Item'])['ParentFolder'];
  const folders = [
    ...listOf(row['Folders']),
    ...(parent === undefined ? [] : [objectOf(parent)]),
  ].map(folderOf);
  const throttled = propertyOf(row, 'IsThrottled');
  return {
    fate: 'record',
    reading: {
      id,
      time,
      isSync,
      session: sessionOf(row),
      mailbox: lowerOf(row['MailboxGuid']) ?? '',
      owner: lowerOf(row['MailboxOwnerUPN']),
      actor: actorOf(row),
      address: addressOf(row['ClientIPAddress']),
      client: textOf(row['ClientInfoString']),
      app: lowerOf(row['AppId']),
      clientApp: lowerOf(row['ClientAppId']),
      logonType: numberOf(row['LogonType']),
      device: lowerOf(row['DeviceId']),
      throttled: throttled === null ? null : throttled === 'true',
      declared,
      folders,
      items,
      lacksItems: isSync
        ? folders.length === 0
        : declared === null
          ? items.length === 0
          : declared > items.length,
    },
  };
};

const readLine = (line: string): PlainRow => {
  try {
    return readRow(objectOf(JSON.parse(line)));
  } catch {
    return { fate: 'damaged', time: null };
  }
};

/** Of message traces: when each message was received, at the earliest. */
export const readTraces = (files: readonly PlainFile[]): ReadonlyMap<string, number> => {
  const received = new Map<string, number>();
  for (const line of files.flatMap(({ text }) => text.split('\n').filter((one) => one !== ''))) {
    const row = objectOf(JSON.parse(line));
    const id = messageIdOf(row['MessageId']);
    const time = timeOf(row['Received']);
    if (id !== null && time !== null) received.set(id, Math.min(time, received.get(id) ?? time));
  }
  return received;
};

/** Rows of bare AuditData, one a line, or of an answer of Microsoft Graph: one document with `value`. */
export const readFile = ({ text }: PlainFile): readonly PlainRow[] => {
  if (!text.startsWith('{"@odata.context"'))
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(readLine);
  return listOf(objectOf(JSON.parse(text))['value']).map((row) =>
    readRow(objectOf(row['auditData']), row['createdDateTime']),
  );
};
