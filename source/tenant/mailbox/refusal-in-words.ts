import type { PartRefusal } from './find-messages.ts';
import { TRANSLATE_PERMISSIONS } from './translate-ids.ts';

/** "HTTP 403, ErrorAccessDenied: Access is denied." */
export const quotedRefusal = ({ status, codes, serverMessage }: PartRefusal): string => {
  const what = status === 0 ? 'no answer' : `HTTP ${status}`;
  const code = codes.at(0);
  return `${what}${code === undefined ? '' : `, ${code}`}${serverMessage === null ? '' : `: ${serverMessage}`}`;
};

/** Of a message of which not all pages of copies could be had. */
export const moreCopiesInWords = (refusal: PartRefusal): string =>
  `there may be more copies (${quotedRefusal(refusal)})`;

/** Why nothing more is asked of a mailbox. */
export const closedInWords = (refusal: PartRefusal): string =>
  refusal.kind === 'permission'
    ? `the mailbox does not open to this sign-in (${quotedRefusal(refusal)})`
    : `the mailbox is no longer there (${quotedRefusal(refusal)})`;

/** Why an item that may have moved could not be followed. */
export const untranslatedInWords = (refusal: PartRefusal): string =>
  `it may have moved, and finding it there needs the permission ${TRANSLATE_PERMISSIONS.user[0]} (delegated) or ${TRANSLATE_PERMISSIONS.application[0]} (application) (${quotedRefusal(refusal)})`;
