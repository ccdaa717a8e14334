import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise } from 'yauzl';
import { packedBytes } from './file-bytes.ts';
import { gunzipped, inflated, type PackedBytes } from './inflate.ts';
import { type BytesRead, DamagedInput, type Input, type InputFinding } from './input.ts';
import { lookAhead, PACKING_HEAD, packingOf } from './packing.ts';
import { Problem } from '../../domain/problem.ts';
import { whySkipped } from './list-folder.ts';

export interface Archive {
  readonly path: string;
  /** As the analyst named it. */
  readonly file: string;
  readonly sha256: string;
  /** Of the file itself, or null where the archive came as a stream. */
  readonly shownPath: string | null;
}

const STORED = 0;
const DEFLATED = 8;
/** Every office document has it first. */
const OFFICE_MARK = '[Content_Types].xml';

const nameOf = (entry: Entry): string =>
  getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);

/** Why an entry cannot be read, in words. */
const refusal = (entry: Entry): string | null => {
  if (entry.isEncrypted()) return 'It is encrypted. Unpack the archive with its password first.';
  const method = entry.compressionMethod;
  if (method === STORED || method === DEFLATED) return null;
  const named = method === 9 ? 'Deflate64' : `method ${method}`;
  return `It is packed with ${named}, which is not read here. Unpack the archive first.`;
};

/** The content as packed, held against the size and the checksum that the archive states. */
async function* checked(
  source: AsyncIterable<Uint8Array>,
  { uncompressedSize, crc32: stated }: Entry,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let sum = 0;
  for await (const chunk of source) {
    size += chunk.length;
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (size !== uncompressedSize || sum !== stated)
    throw new DamagedInput(
      'The content is not what was packed: its size or checksum differs.',
      'What could be read was kept. Get the archive again from where it came from.',
    );
}

/** An entry may be a .gz in turn; an archive within an archive is refused. */
async function* opened(content: PackedBytes): AsyncGenerator<Uint8Array> {
  const { head, bytes } = await lookAhead(content(), PACKING_HEAD);
  const packing = packingOf(head);
  if (packing === 'zip') {
    await bytes.return(undefined);
    throw new Problem('It is an archive within an archive.', 'Unpack the outer one first.');
  }
  if (packing === null) {
    yield* bytes;
    return;
  }
  let first = true;
  yield* gunzipped(() => {
    const source = first ? bytes : content();
    first = false;
    return source;
  });
}

const inputOf = (archive: Archive, file: string, entry: Entry, start: number): Input => ({
  file,
  bytes: /\.gz$/i.test(file) ? null : entry.uncompressedSize,
  storedBytes: entry.compressedSize,
  container: { file: archive.file, sha256: archive.sha256 },
  path: archive.shownPath,
  open: (signal: AbortSignal, onRead?: BytesRead) => {
    const range = { path: archive.path, start, end: start + entry.compressedSize };
    const packed = packedBytes(range, signal, onRead);
    const stored = entry.compressionMethod === STORED;
    return opened(() => checked(stored ? packed() : inflated(packed), entry));
  },
});

const DAMAGED_ARCHIVE =
  'The archive is cut short or damaged: its table of contents could not be read. Get it again, or repair and unpack it.';

/**
 * The files in a .zip, in the order of its table of contents. Their names are labels only: hostile
 * ones ("../../x") lead nowhere, since nothing is unpacked to disk.
 */
export async function* zipEntries(archive: Archive): AsyncGenerator<InputFinding> {
  let files = 0;
  try {
    const zip = await openPromise(archive.path, {
      decodeStrings: false,
      validateEntrySizes: false,
      lazyEntries: true,
    });
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      const file = `${archive.file}/${name}`;
      if (name.endsWith('/')) continue;
      if (files === 0 && name === OFFICE_MARK) {
        const problem = 'It is an office document, not an archive of logs. Save it as CSV first.';
        yield { found: 'problem', file: archive.file, problem };
        return;
      }
      files += 1;
      const reasons = name.split('/').map(whySkipped);
      const reason = reasons.find((each) => each !== null) ?? null;
      const problem = refusal(entry);
      if (reason !== null) yield { found: 'skipped', file, reason };
      else if (problem !== null) yield { found: 'problem', file, problem };
      else {
        const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
        yield { found: 'input', input: inputOf(archive, file, entry, fileDataStart) };
      }
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    yield { found: 'problem', file: archive.file, problem: DAMAGED_ARCHIVE };
    return;
  }
  if (files === 0)
    yield { found: 'problem', file: archive.file, problem: 'The archive holds no files.' };
}
