import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import type { ImportEvent, ImportedSource } from '../../source/import/import-events.ts';
import { runImport, type ImportRequest } from '../../source/import/run-import.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { contentDigest } from '../store/records/content-digest.ts';

export const NOW = '2026-11-24T09:00:00Z';

/** A folder that goes away with the test. */
export const temporaryFolder = (context: Pick<TestContext, 'after'>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-test-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Writes records as bare AuditData lines and gives the path. */
export const writeLines = (
  folder: string,
  name: string,
  rows: readonly (JsonObject | string)[],
): string => {
  const path = join(folder, name);
  writeFileSync(
    path,
    rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)) + '\n').join(''),
  );
  return path;
};

/** Runs an import to its end on this thread and gives its events. */
export const importInto = async (
  folder: string,
  paths: readonly string[],
  over: Partial<ImportRequest> = {},
): Promise<readonly ImportEvent[]> => {
  const events: ImportEvent[] = [];
  const request = {
    folder,
    paths,
    keep: true,
    analyst: 'tester',
    now: () => NOW,
    signal: new AbortController().signal,
  };
  for await (const event of runImport({ ...request, ...over })) events.push(event);
  return events;
};

export const sourcesIn = (events: readonly ImportEvent[]): readonly ImportedSource[] =>
  events.flatMap((event) => (event.event === 'source' ? [event.source] : []));

/** Everything a case's records.db says, as one hash. */
export const digestOf = (folder: string): string => {
  const db = openRecords(join(folder, 'records.db'));
  try {
    return contentDigest(db);
  } finally {
    db.close();
  }
};
