import type { RowContent } from '../format.ts';

export const READ_AS_WINDOWS_1252 = 'not valid UTF-8, read as Windows-1252';

/** Says so in the row where its text had to be read in the encoding of last resort. */
export const notingEncoding = (content: RowContent, misencoded: boolean): RowContent =>
  content.kind === 'audit' && misencoded
    ? { ...content, losses: [...content.losses, READ_AS_WINDOWS_1252] }
    : content;
