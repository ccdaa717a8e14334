const EXPORT_AGAIN = 'export the audit log or message trace as CSV or JSON and import that';

const IMPORT_INSIDE = 'decompress it and import what is inside';
const EXTRACT = 'extract it and import what is inside';

interface Magic {
  /** One letter a byte. */
  readonly starts: string;
  readonly at?: number;
  readonly says: string;
}

/** What binary files start with, and what to do about each. */
const MAGICS: readonly Magic[] = [
  { starts: '\x89PNG', says: `this is a PNG image; ${EXPORT_AGAIN}` },
  { starts: '\xff\xd8\xff', says: `this is a JPEG image; ${EXPORT_AGAIN}` },
  { starts: 'GIF8', says: `this is a GIF image; ${EXPORT_AGAIN}` },
  { starts: 'WEBP', at: 8, says: `this is a WebP image; ${EXPORT_AGAIN}` },
  { starts: '%PDF', says: `this is a PDF; ${EXPORT_AGAIN}` },
  {
    starts: '\xd0\xcf\x11\xe0',
    says: 'this is an old Office or Outlook file (.xls, .doc, .msg); save a spreadsheet as CSV, or better export again: Excel cuts cells at 32,767 characters',
  },
  { starts: '!BDN', says: `this is an Outlook mailbox (PST); ${EXPORT_AGAIN}` },
  { starts: '\x1f\x8b', says: `this is still gzip; ${IMPORT_INSIDE}` },
  { starts: '\x28\xb5\x2f\xfd', says: `this is zstd; ${IMPORT_INSIDE}` },
  { starts: '\xfd7zXZ', says: `this is xz; ${IMPORT_INSIDE}` },
  { starts: '7z\xbc\xaf', says: `this is a 7z archive; ${EXTRACT}` },
  { starts: 'Rar!', says: `this is a RAR archive; ${EXTRACT}` },
  { starts: 'BZh', says: `this is bzip2; ${IMPORT_INSIDE}` },
  { starts: 'SQLite format 3', says: `this is an SQLite database; ${EXPORT_AGAIN}` },
  { starts: 'ustar', at: 257, says: `this is a tar archive; ${EXTRACT}` },
  { starts: 'PAR1', says: `this is a Parquet file; ${EXPORT_AGAIN}` },
  { starts: 'ElfFile', says: `this is a Windows event log (.evtx); ${EXPORT_AGAIN}` },
  { starts: '\x7fELF', says: `this is a program; ${EXPORT_AGAIN}` },
  { starts: 'MZ\x90', says: `this is a program; ${EXPORT_AGAIN}` },
];

const has = (head: Uint8Array, starts: string, at = 0): boolean =>
  [...starts].every((letter, index) => head[at + index] === letter.charCodeAt(0));

const zipInWords = (head: Uint8Array): string => {
  const text = Buffer.from(head).toString('latin1');
  if (text.includes('xl/') || text.includes('[Content_Types].xml')) {
    return 'this is an Excel workbook or another Office document; save it as CSV, or better export again: Excel cuts cells at 32,767 characters';
  }
  return 'this is still a zip archive; extract it and import what is inside';
};

/**
 * A line that is text all through: the first one, as of a table, or one that begins as JSON does. A
 * record of zeros between such lines is one damaged record.
 */
const hasTextLine = (head: Uint8Array): boolean => {
  const lines = Buffer.from(head).toString('latin1').split('\n');
  return lines.some(
    (line, at) =>
      (at === 0 ? /[,;\t]/.test(line) : /^\s*[[{]/.test(line)) &&
      // eslint-disable-next-line no-control-regex
      !/[\0-\x08\x0e-\x1f\x7f-\xff]/.test(line),
  );
};

/** A block of zeros is where a disk lost what was written, or a record is; the text around it is text. */
const ZEROS = /\0{8,}/g;
const PROBE = 4096;

/** NUL, or many control characters, in what should be text: binary of a kind we cannot name. */
const looksBinary = (head: Uint8Array): boolean => {
  const probe = Buffer.from(head).toString('latin1').replace(ZEROS, '').slice(0, PROBE);
  let odd = 0;
  for (let at = 0; at < probe.length; at++) {
    const byte = probe.charCodeAt(at);
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a && byte !== 0x1b)) odd += 1;
  }
  return odd * 20 > probe.length || (probe.trim() === '' && head.length > 0);
};

/** Whether a head ends in zeros, so that it may be the start of a text all the same. */
export const endsInZeros = (head: Uint8Array): boolean =>
  head.length >= PROBE && head.subarray(-PROBE).every((byte) => byte === 0);

const isUtf16Mark = (head: Uint8Array): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/** UTF-16 without a mark has a zero in every second place, and only there. */
const isPlainUtf16 = (head: Uint8Array): boolean =>
  head.length >= 4 &&
  [0, 1].some((low) => [0, 2].every((at) => head[at + low] !== 0 && head[at + 1 - low] === 0));

/** Nothing but white space, in any encoding, after the byte order mark if there is one. */
const isBlank = (head: Uint8Array): boolean => {
  const marked = isUtf16Mark(head) ? 2 : has(head, '\xef\xbb\xbf') ? 3 : 0;
  return head
    .subarray(marked)
    .every(
      (byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || (marked === 2 && byte === 0),
    );
};

/** Text that only looks like an export: what a browser or PowerShell saved in its place. */
const MARKUP: readonly { readonly starts: RegExp; readonly says: string }[] = [
  {
    starts: /^(<!doctype html|<html)/i,
    says: 'this is a web page, perhaps a sign-in or error page saved in place of the export; export again',
  },
  {
    starts: /^(<\?xml[^>]*>\s*)?<Objs /,
    says: 'this was written by Export-Clixml; write it with Export-Csv and import that',
  },
  { starts: /^<\?xml/, says: `this is XML; ${EXPORT_AGAIN}` },
];

const markupInWords = (head: Uint8Array): string | null => {
  const text = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  const plain = text.replaceAll('\0', '').replace(/^(\xEF\xBB\xBF|\xFF\xFE)?\s*/, '');
  return MARKUP.find(({ starts }) => starts.test(plain))?.says ?? null;
};

/** Why a file holds no text at all and what to do about it, or null where it does. */
export const notText = (head: Uint8Array): string | null => {
  if (isBlank(head)) {
    return 'the file is empty; export again, and check that the search had finished';
  }
  if (has(head, 'PK\x03\x04')) return zipInWords(head);
  const magic = MAGICS.find(({ starts, at }) => has(head, starts, at));
  if (magic !== undefined) return magic.says;
  const markup = markupInWords(head);
  if (markup !== null) return markup;
  if (isUtf16Mark(head) || isPlainUtf16(head)) return null;
  return looksBinary(head) && !hasTextLine(head)
    ? `this is a binary file, not text; ${EXPORT_AGAIN}`
    : null;
};
