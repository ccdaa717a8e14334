import { fileBytes, headOf, packedBytes, sha256Of } from './file-bytes.ts';
import { gunzipped } from './inflate.ts';
import type { Input, InputFinding } from './input.ts';
import { PACKING_HEAD, packingOf } from './packing.ts';
import { zipEntries } from './zip-entries.ts';

export type Opener = Input['open'];

export interface StoredFile {
  readonly file: string;
  readonly path: string;
  readonly size: number;
  /** null where the file is only a spool. */
  readonly shownPath: string | null;
}

/** What lies in one file on disk: itself, the content of a .gz, or the files of a .zip. */
export async function* inputsIn(
  { file, path, size, shownPath }: StoredFile,
  signal: AbortSignal,
): AsyncGenerator<InputFinding> {
  const packing = packingOf(await headOf(path, PACKING_HEAD));
  if (packing === null) {
    const open: Opener = (...to) => fileBytes({ path }, ...to);
    const input = { file, bytes: size, storedBytes: size, container: null, path: shownPath, open };
    yield { found: 'input', input };
    return;
  }
  const sha256 = await sha256Of(path, signal);
  if (packing === 'zip') {
    yield* zipEntries({ path, file, sha256, shownPath });
    return;
  }
  const open: Opener = (reading, onRead) => gunzipped(packedBytes({ path }, reading, onRead));
  const container = { file, sha256 };
  const input = { file, bytes: null, storedBytes: size, container, path: shownPath, open };
  yield { found: 'input', input };
}
