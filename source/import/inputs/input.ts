import { Problem } from '../../domain/problem.ts';

/** Called with on-disk bytes as they are read: those of the archive where the input lies in one. */
export type BytesRead = (bytes: number) => void;

/** One file to import, wherever it lies. Nothing of it is held open between two readings. */
export interface Input {
  /** As the analyst named it; inside an archive "archive.zip/name.csv". A label, never a path. */
  readonly file: string;
  /** Of the content, uncompressed, where that is known. */
  readonly bytes: number | null;
  /** What it takes on disk, for progress: `BytesRead` adds up to it. null for a stream. */
  readonly storedBytes: number | null;
  /** The .gz or .zip it came in, as it lay on disk. */
  readonly container: { readonly file: string; readonly sha256: string } | null;
  /** Absolute: the file, or the archive that holds it; null for a stream. */
  readonly path: string | null;
  /**
   * The content, uncompressed. Throws `DamagedInput` after the last readable byte, a `Problem` where
   * nothing can be read, and the signal's reason when cancelled.
   */
  readonly open: (signal: AbortSignal, onRead?: BytesRead) => AsyncIterable<Uint8Array>;
}

/** What the given paths hold. Nothing is passed over silently. */
export type InputFinding =
  /** Comes first: bytes on disk of all inputs, null where a stream is among them. */
  | { readonly found: 'total'; readonly bytes: number | null }
  | { readonly found: 'input'; readonly input: Input }
  /** Left alone on purpose. */
  | { readonly found: 'skipped'; readonly file: string; readonly reason: string }
  /** Could not be read: what is wrong and what to do. The others go on. */
  | { readonly found: 'problem'; readonly file: string; readonly problem: string };

/** The content ends before its time or is not what was packed; all that could be read was given. */
export class DamagedInput extends Problem {}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'There is no such file or folder. Check the spelling.'],
  ['EACCES', 'It may not be read. Ask its owner, or copy it to a place of your own.'],
  ['EPERM', 'It may not be read. Ask its owner, or copy it to a place of your own.'],
  ['ELOOP', 'It is a link that leads back to itself.'],
  ['ENOTDIR', 'A part of the path is a file, not a folder. Check the spelling.'],
  ['EMFILE', 'Too many files are open. Close other programs and try again.'],
  ['EIO', 'The disk could not read it. Copy the file again from where it came from.'],
  ['ENAMETOOLONG', 'The name is too long to be a file.'],
  ['ERR_INVALID_ARG_VALUE', 'The name holds a zero byte: no file can have it.'],
]);

/** A failure of the file system in words, or null where it is none. */
export const diskProblem = (error: unknown): string | null => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return null;
  return (
    WORDS.get(error.code) ?? ('syscall' in error ? `It could not be read (${error.code}).` : null)
  );
};
