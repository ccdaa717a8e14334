import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { ITEMS_LOST } from '../../domain/records/row.ts';
import { stated } from '../../domain/records/stated.ts';
import { isPowershellObject, readPowershellObjects } from './powershell-object.ts';

/** AuditData with what could be mended mended, and in words what is lost for good. */
export interface Mended {
  readonly auditData: JsonObject;
  /** Those that cost items begin with ITEMS_LOST. */
  readonly losses: readonly string[];
}

/** The fields of AuditData that hold lists or objects and that our rules need. */
const LISTS = ['Folders', 'OperationProperties', 'DeviceProperties'] as const;
const OBJECTS = ['Item', 'AppAccessContext'] as const;

const isDamagedFolder = (folder: JsonValue): boolean => {
  if (!isObject(folder)) return typeof folder === 'string';
  const items = folder['FolderItems'];
  return (
    typeof items === 'string' ||
    (Array.isArray(items) && items.some((item) => typeof item === 'string'))
  );
};

/** Quick: this is asked of every record, and almost none is damaged. */
const isDamaged = (data: JsonObject): boolean => {
  const folders = data['Folders'];
  if (Array.isArray(folders) ? folders.some(isDamagedFolder) : typeof folders === 'string')
    return true;
  for (const name of ['OperationProperties', 'DeviceProperties'] as const) {
    const list = data[name];
    if (typeof list === 'string') return true;
    if (Array.isArray(list) && typeof list[0] === 'string') return true;
  }
  const item = data['Item'];
  return (
    typeof item === 'string' ||
    (isObject(item) && typeof item['ParentFolder'] === 'string') ||
    typeof data['AppAccessContext'] === 'string'
  );
};

/** Said instead of the text of an object that could be read back. */
const FLATTENED = '@{…}';

const shown = (what: string): string => JSON.stringify(what.slice(0, 40));

const list = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value)
    ? value
    : value === undefined || value === null || value === ''
      ? []
      : [value];

/** Entries as objects, flattened ones read back; `lost` is called for what is not there any more. */
const mendList = (value: JsonValue | undefined, lost: (what: string) => void): JsonValue[] =>
  list(value).flatMap((entry): JsonValue[] => {
    if (!isPowershellObject(entry)) {
      if (typeof entry !== 'string') return [entry];
      lost(entry);
      return [];
    }
    lost(FLATTENED);
    return readPowershellObjects(entry);
  });

const mendFolder = (folder: JsonValue, lost: (what: string) => void): JsonValue => {
  if (!isObject(folder)) return folder;
  const items = folder['FolderItems'];
  if (typeof items !== 'string' && !Array.isArray(items)) return folder;
  const kept = mendList(items, (what) =>
    lost(
      what === FLATTENED
        ? 'depth lost: FolderItems was flattened to text'
        : `${ITEMS_LOST}: FolderItems is ${shown(what)}`,
    ),
  );
  if (items === '') lost(`${ITEMS_LOST}: FolderItems is empty`);
  return { ...folder, FolderItems: kept };
};

/** A whole folder was handed over: said in OperationProperties, else by RecordType (`formats.md` 1.1). */
const isSync = (data: JsonObject): boolean => {
  const access = list(data['OperationProperties']).find(
    (pair): pair is JsonObject => isObject(pair) && pair['Name'] === 'MailAccessType',
  )?.['Value'];
  if (typeof access === 'string') return access.toLowerCase() === 'sync';
  const type = data['RecordType'];
  return Number(type) === 2 || (typeof type === 'string' && type.toLowerCase() === 'exchangeitem');
};

/**
 * The folder of an Item whose ParentFolder became text. The Item of a Sync *is* the folder
 * (`Item.Id == ParentFolder.Id`, `formats.md` 1.1), so its id tells which, when the rest is lost.
 */
const parentFolder = (
  data: JsonObject,
  item: JsonObject,
): { readonly folder: JsonObject | null; readonly loss: string | null } => {
  const text = item['ParentFolder'];
  const [folder] = typeof text === 'string' ? readPowershellObjects(text) : [];
  if (folder !== undefined) return { folder, loss: null };
  const id = item['Id'];
  const isFolder = typeof id === 'string' && stated(id) !== null && isSync(data);
  return isFolder && item['InternetMessageId'] === undefined
    ? { folder: { Id: id }, loss: "depth lost: the folder's name; its id tells which it is" }
    : { folder: null, loss: `${ITEMS_LOST}: Item names no folder any more` };
};

/**
 * Finds what a container lost of AuditData: lists that became the word `System.Object[]`, objects
 * that became `@{Name=Value}` (`formats.md` 2). Flattened objects are read back.
 */
export const mend = (data: JsonObject): Mended => {
  if (!isDamaged(data)) return { auditData: data, losses: [] };
  const auditData: JsonObject = { ...data };
  const losses = new Set<string>();
  for (const name of LISTS) {
    if (data[name] === undefined) continue;
    const items = name === 'Folders';
    const mended = mendList(data[name], (what) => {
      if (what === FLATTENED) losses.add(`depth lost: ${name} was flattened to text`);
      else losses.add(`${items ? ITEMS_LOST : 'depth lost'}: ${name} is ${shown(what)}`);
    });
    auditData[name] = items
      ? mended.map((folder) => mendFolder(folder, (loss) => losses.add(loss)))
      : mended;
  }
  for (const name of OBJECTS) {
    const value = data[name];
    if (typeof value !== 'string' || value === '') continue;
    const [object] = isPowershellObject(value) ? readPowershellObjects(value) : [];
    if (object === undefined) delete auditData[name];
    else auditData[name] = object;
    const gone = object === undefined && name === 'Item' && isSync(auditData);
    losses.add(
      gone
        ? `${ITEMS_LOST}: Item is ${shown(value)}, and the folder's name with it`
        : `depth lost: ${name} was flattened to text`,
    );
  }
  const item = auditData['Item'];
  if (isObject(item) && typeof item['ParentFolder'] === 'string') {
    const { folder, loss } = parentFolder(auditData, item);
    auditData['Item'] = { ...item, ParentFolder: folder };
    if (loss !== null) losses.add(loss);
  }
  return { auditData, losses: [...losses] };
};
