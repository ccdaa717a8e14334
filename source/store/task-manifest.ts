import { hash } from 'node:crypto';
import { ftruncateSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../domain/json.ts';
import { appendDurably, changeLog, endOfLines, jsonLines, objectsIn } from './append-log.ts';
import { failedWith } from './disk-problem.ts';
import { type LogAnchor, readAnchor, writeAnchor } from './log-anchor.ts';

const NO_LINE_BEFORE = '0'.repeat(64);

/**
 * The hash over whole lines, each with that of the lines before; lines themselves carry none, so that
 * a manifest stays what was noted. `at`: also what it was after so many lines, null where it has fewer.
 */
const chainOf = (
  bytes: Buffer,
  from: LogAnchor = { lines: 0, head: NO_LINE_BEFORE },
  at = 0,
): { readonly end: LogAnchor; readonly headAt: string | null } => {
  let { lines, head } = from;
  let headAt = lines === at ? head : null;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    head = hash('sha256', Buffer.concat([Buffer.from(`${head}\n`), bytes.subarray(start, end)]));
    lines += 1;
    start = end + 1;
    if (lines === at) headAt = head;
  }
  return { end: { lines, head }, headAt };
};

/** fits: it is what its head says, with so many lines behind it. changed: it is not. none: it has no head. */
export type ManifestCheck =
  | { readonly check: 'fits'; readonly end: LogAnchor; readonly more: number }
  | { readonly check: 'changed' | 'none' };

/** A manifest against the head beside it. Lines behind the head are those of a program that was killed. */
const checkManifest = (bytes: Buffer, headPath: string): ManifestCheck => {
  const found = readAnchor(headPath);
  if (found.found !== 'anchor') {
    if (found.found === 'damaged') return { check: 'changed' };
    const isNew = bytes.length === 0;
    return isNew ? { check: 'fits', end: chainOf(bytes).end, more: 0 } : { check: 'none' };
  }
  const { anchor } = found;
  const { end, headAt } = chainOf(bytes, undefined, anchor.lines);
  if (headAt !== anchor.head) return { check: 'changed' };
  return { check: 'fits', end, more: end.lines - anchor.lines };
};

/** The manifest of a task: what was asked and what came, line by line. For whoever holds the task's lock. */
export class TaskManifest {
  readonly #path: string;
  readonly #headPath: string;
  /** Where it ends, in lines and bytes; null: not looked at. */
  #end: { readonly anchor: LogAnchor | null; readonly bytes: number } | null = null;

  constructor(folder: string) {
    this.#path = join(folder, 'manifest.jsonl');
    this.#headPath = join(folder, 'manifest.head');
  }

  /** Adds lines. A line that a crash tore off is taken away first, so that none is joined to it. */
  append(lines: readonly object[]): void {
    changeLog(this.#path, (file) => {
      const whole = endOfLines(file);
      ftruncateSync(file, whole);
      const before = this.#anchorBefore(whole);
      const added = Buffer.from(jsonLines(lines));
      const bytes = appendDurably(file, whole, [added]);
      // What is not as it was written stays so: no head is put over it.
      const anchor = before === null ? null : chainOf(added, before).end;
      if (anchor !== null) writeAnchor(this.#headPath, anchor);
      this.#end = { anchor, bytes };
    });
  }

  /** The head of so many bytes; null where they are not what the head says. */
  #anchorBefore(bytes: number): LogAnchor | null {
    if (this.#end?.bytes === bytes) return this.#end.anchor;
    const found = checkManifest(this.#bytes(), this.#headPath);
    return found.check === 'fits' ? found.end : null;
  }

  /** Whether it is as it was written. */
  check(): ManifestCheck {
    const bytes = this.#bytes();
    return checkManifest(bytes.subarray(0, bytes.lastIndexOf(10) + 1), this.#headPath);
  }

  lines(): readonly JsonObject[] {
    return objectsIn(this.#bytes().toString());
  }

  #bytes(): Buffer {
    try {
      return readFileSync(this.#path);
    } catch (error) {
      if (failedWith(error, 'ENOENT')) return Buffer.alloc(0);
      throw error;
    }
  }
}
