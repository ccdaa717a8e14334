/**
 * The ids of items in a mailbox, in their three spellings (`tenant.md` 4.1). Inside each is a MAPI
 * entry id: 70 bytes of an item, 46 of a folder or of an immutable id. Audit records have it in
 * base64 between its length and a closing byte.
 */

const ITEM_ENTRY = 70;
const GUID_LENGTH = 36;
/** What stands before the mailbox's GUID in a REST id, and between that and the entry id. */
const REST_HEAD = [0x00, 0x03, 0x24, 0x00];
const REST_MIDDLE = [0x00, ITEM_ENTRY, 0x00];
/** The last byte of an item id in the one real record whose bytes were published. */
const CLOSING = 0x0f;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const BASE64_URL = /^[\w-]+={0,2}$/;

const bytesOf = (base64: string): Uint8Array | null => {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
};

const base64Of = (bytes: Iterable<number>): string => btoa(String.fromCharCode(...bytes));

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');

/** The entry id in an audit record's id; null: it has not that form. */
const entryOf = (auditId: string): Uint8Array | null => {
  const bytes = BASE64.test(auditId) ? bytesOf(auditId) : null;
  return bytes !== null && bytes[0] === bytes.length - 2 ? bytes.slice(1, -1) : null;
};

/**
 * The REST id of an item, worked out without asking anybody; null where that cannot be done: never
 * for immutable ids, whose bytes differ between the two spellings. `mailboxGuid`: lower case.
 */
export const restIdOf = (itemId: string, mailboxGuid: string): string | null => {
  const entry = entryOf(itemId);
  if (entry === null || entry.length !== ITEM_ENTRY || !GUID.test(mailboxGuid)) return null;
  const guid = Array.from(mailboxGuid, (character) => character.charCodeAt(0));
  return urlSafe(base64Of([...REST_HEAD, ...guid, ...REST_MIDDLE, ...entry]));
};

/** The id as translateExchangeIds takes it (`entryId`, `immutableEntryId`): the number of pads at its end. */
export const entryTextOf = (auditId: string): string | null => {
  const entry = entryOf(auditId);
  if (entry === null) return null;
  const base64 = base64Of(entry);
  const unpadded = base64.replace(/=+$/, '');
  return urlSafe(unpadded) + String(base64.length - unpadded.length);
};

/** The item id as audit records spell it, of a REST id that is neither immutable nor a folder's; else null. */
export const itemIdOf = (restId: string): string | null => {
  if (!BASE64_URL.test(restId)) return null;
  const bytes = bytesOf(restId.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes === null) return null;
  const from = REST_HEAD.length + GUID_LENGTH + REST_MIDDLE.length;
  const middle = from - REST_MIDDLE.length;
  const fits =
    bytes.length === from + ITEM_ENTRY &&
    REST_HEAD.every((byte, at) => bytes[at] === byte) &&
    REST_MIDDLE.every((byte, at) => bytes[middle + at] === byte);
  return fits ? base64Of([ITEM_ENTRY, ...bytes.slice(from), CLOSING]) : null;
};
