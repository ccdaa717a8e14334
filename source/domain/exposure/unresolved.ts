import type { Unresolved } from '../lookups/trace.ts';

/**
 * The drafts folder in the languages of Exchange, lower case, composed. A mailbox keeps the name of
 * the language it was made in.
 */
const DRAFTS: ReadonlySet<string> = new Set(
  `drafts|brouillons|entwürfe|concepten|borradores|bozze|rascunhos|utkast|kladder|luonnokset|
wersje robocze|kopie robocze|koncepty|rozepsané|rozpísané|piszkozatok|черновики|чернетки|чернови|
taslaklar|下書き|임시 보관함|草稿|πρόχειρα|ciorne|schițe|skice|osnutki|nacrti|radne verzije|mustandid|
juodraščiai|melnraksti|esborranys|zirriborroak|borradors|drög|المسودات|مسودات|טיוטות|پیش‌نویس‌ها|ร่าง|
แบบร่าง|thư nháp|nháp|bản nháp|draf|konsep|ड्राफ़्ट`
    .split('|')
    .map((name) => name.trim().normalize('NFC')),
);

/** Windows PowerShell 5 writes ASCII by default, so é came as "?". */
const inAscii = (name: string): string => name.replace(/[^ -~]/g, '?');

const DRAFTS_IN_ASCII: ReadonlySet<string> = new Set(
  [...DRAFTS].map(inAscii).filter((name) => /[a-z]{3}/.test(name)),
);

/** Only the mailbox's own drafts folder: one that a person named so further down may hold anything. */
export const isDraftsFolder = (folder: string): boolean => {
  const name = folder.replace(/^\\/, '').trim().toLowerCase().normalize('NFC');
  return DRAFTS.has(name) || (name.includes('?') && DRAFTS_IN_ASCII.has(name));
};

/** How a lookup of one message ended, as stored when it was made. */
export type LookupEnd = 'notFound' | 'olderThanTrace' | 'failed';

/**
 * Why a message has no metadata (`domain.md`, From ids to people): as stored at the time of looking,
 * never worked out anew from today's retention. Without a lookup it is *not looked up*, whatever its
 * age. A message seen in nothing but a drafts folder was never sent as far as the log goes, so no
 * trace can hold it; that is said before "not found", but not before a lookup's failure.
 */
export const unresolvedReason = (
  folders: readonly string[],
  lookup: LookupEnd | null,
): Unresolved => {
  if (lookup === 'failed') return 'lookupFailed';
  if (folders.length > 0 && folders.every(isDraftsFolder)) return 'draftOrNeverSent';
  return lookup ?? 'notLookedUp';
};
