/**
 * Exchange's ids in their three spellings (`tenant.md` 4.1): as audit records have them, as
 * translateExchangeIds takes them, and as REST has them. Inside all of them is a MAPI entry id: 70
 * bytes of an item, 46 of a folder or of an immutable id.
 */
export interface ItemId {
  readonly kind: 'regular' | 'immutable';
  /** As hex, which is compared. */
  readonly entry: string;
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

/** Standard base64 of a length, the entry id and a closing byte. */
export const entryOfAuditId = (id: string): string => bytesOf(id).subarray(1, -1).toString('hex');

const REGULAR = Buffer.from([0x00, 0x03, 0x24, 0x00]);
const IMMUTABLE = Buffer.from([0x00, 0x09, 0x00, 0x2e, 0x00]);

/** Where the provider of immutable ids differs between audit records (C4) and REST (84). */
const PROVIDER_BYTE = 18;

const withProviderByte = (entry: Buffer, byte: number): Buffer => {
  const changed = Buffer.from(entry);
  changed[PROVIDER_BYTE] = byte;
  return changed;
};

/** URL-safe base64, padding kept. */
const restText = (bytes: Buffer): string =>
  bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** `mailboxGuid` of 36 characters. */
export const restIdOf = (mailboxGuid: string, id: ItemId): string => {
  const entry = Buffer.from(id.entry, 'hex');
  if (id.kind === 'immutable')
    return restText(Buffer.concat([IMMUTABLE, withProviderByte(entry, 0x84)]));
  const length = Buffer.from([0x00, entry.length, 0x00]);
  return restText(Buffer.concat([REGULAR, Buffer.from(mailboxGuid), length, entry]));
};

const REST_ID = /^[\w-]+={0,2}$/u;

/** null: no REST id of this mailbox. */
export const readRestId = (text: string, mailboxGuid: string): ItemId | null => {
  if (!REST_ID.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.subarray(0, 5).equals(IMMUTABLE) && bytes.length === 51)
    return { kind: 'immutable', entry: withProviderByte(bytes.subarray(5), 0xc4).toString('hex') };
  const guid = bytes.subarray(4, 40).toString('latin1');
  if (!bytes.subarray(0, 4).equals(REGULAR) || guid.toLowerCase() !== mailboxGuid) return null;
  const entry = bytes.subarray(43);
  return bytes[41] === entry.length && /^(46|70)$/u.test(String(entry.length))
    ? { kind: 'regular', entry: entry.toString('hex') }
    : null;
};

/** `entryId` and `immutableEntryId`: URL-safe base64 without padding, then how much is missing. */
export const readEntryText = (text: string, kind: ItemId['kind']): ItemId | null => {
  const padding = Number(text.slice(-1));
  const base = text.slice(0, -1);
  if (!/^[\w-]+$/u.test(base) || (base.length + padding) % 4 !== 0) return null;
  const entry = Buffer.from(base, 'base64url');
  const fits = kind === 'immutable' ? entry.length === 46 : /^(46|70)$/u.test(String(entry.length));
  return fits ? { kind, entry: entry.toString('hex') } : null;
};

export const entryTextOf = ({ entry }: ItemId): string => {
  const base64 = Buffer.from(entry, 'hex').toString('base64');
  const base = base64.replace(/=+$/u, '').replaceAll('+', '-').replaceAll('/', '_');
  return `${base}${base64.length - base.length}`;
};
