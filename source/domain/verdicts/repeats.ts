/**
 * Repeats that the log leaves out. Exchange writes no second record when the same mail is accessed
 * again with equal session, mailbox, user, address, ClientInfoString, logon type, access type and
 * folder within about an hour (Microsoft, "Use MailItemsAccessed to investigate compromised accounts",
 * duplicate filtering). So an intruder who comes within that hour of the owner, alike in all of
 * these, may have opened what the owner did without a trace of it (`domain.md`, Exposure, Repeats).
 */

/** An hour, and the two minutes that a Bind record sums up. */
const REPEAT_MS = 62 * 60_000;

/** One Bind record of a context. */
export interface BindRecord {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Folders that it names, and whether it names any at all. */
  readonly folders: ReadonlySet<number>;
}

/** What must be alike for a repeat to be left out, beside the folder. */
export interface RepeatFields {
  readonly mailbox: number;
  readonly sessionId: string | null;
  readonly actor: string | null;
  readonly address: string | null;
  readonly clientInfo: string | null;
  readonly logonType: number | null;
}

/** Equal for contexts of which one would hide repeats by the other. */
export const repeatKey = (fields: RepeatFields): string =>
  JSON.stringify([
    fields.mailbox,
    fields.sessionId,
    fields.actor,
    fields.address,
    fields.clientInfo,
    fields.logonType,
  ]);

/**
 * Whether malicious activity in this folder follows a benign access at `time` so soon that a repeat
 * of the access would not have been logged. `malicious` ascends by time. A folder that either side
 * does not name (null, an empty set) may be the same one.
 */
export const mayHideRepeat = (
  time: number,
  folder: number | null,
  malicious: readonly BindRecord[],
): boolean => {
  let low = 0;
  for (let high = malicious.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((malicious[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < malicious.length; at += 1) {
    const record = malicious[at];
    if (record === undefined || record.time > time + REPEAT_MS) return false;
    if (folder === null || record.folders.size === 0 || record.folders.has(folder)) return true;
  }
  return false;
};
