export interface RecipientStatus {
  readonly address: string;
  readonly status: string | null;
}

/** The last event of a recipient, in the words of Get-MessageTrace. */
const BY_LAST_EVENT: ReadonlyMap<string, string> = new Map([
  ['deliver', 'delivered'],
  ['fail', 'failed'],
  ['expand', 'expanded'],
  ['defer', 'pending'],
  ['send', 'sent'],
]);

const statusOf = (events: string): string | null => {
  const last = events.split(',').at(-1)?.trim().toLowerCase() ?? '';
  if (last === '') return null;
  return BY_LAST_EVENT.get(last) ?? events.trim().toLowerCase();
};

const entry = (piece: string): RecipientStatus => {
  const at = piece.lastIndexOf('##');
  return at < 0
    ? { address: piece.trim(), status: null }
    : { address: piece.slice(0, at).trim(), status: statusOf(piece.slice(at + 2)) };
};

/** Display names with `;` in them come in quotes: an odd number of them means that more follows. */
const isWhole = (piece: string): boolean =>
  piece.includes('##') || (piece.split('"').length - 1) % 2 === 0;

/**
 * "a@x##Receive, Deliver;b@y##Receive, Fail" (historical search): each recipient and how it ended.
 * An address stays as odd as it is ("Name<b"@y): that is what the service tried to deliver to.
 */
export const readRecipientStatus = (text: string): readonly RecipientStatus[] => {
  const recipients: RecipientStatus[] = [];
  let piece = '';
  for (const part of text.split(';')) {
    piece = piece === '' ? part : `${piece};${part}`;
    if (!isWhole(piece)) continue;
    recipients.push(entry(piece));
    piece = '';
  }
  if (piece !== '') recipients.push(entry(piece));
  return recipients.filter(({ address }) => address !== '');
};
