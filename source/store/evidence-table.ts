/**
 * The zstd seekable format (facebook/zstd, contrib/seekable_format): independent frames, then a
 * skippable frame with the sizes of all of them, so that `zstd -d` reads the file like any other and
 * any byte of it is one frame away. Without the optional checksums: each frame carries its own.
 */
const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
export const TABLE_FOOTER_BYTES = 9;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 8;

/** Bytes of content in a frame; the last one may hold fewer. */
export const FRAME_BYTES = 1 << 20;

/** Sizes in bytes. */
export interface FrameSize {
  readonly compressed: number;
  readonly content: number;
}

/** Where each frame lies: in the file, and in the content. */
export interface FramePosition extends FrameSize {
  readonly fileOffset: number;
  readonly contentOffset: number;
}

export const writeTable = (frames: readonly FrameSize[]): Buffer => {
  const entries = frames.length * ENTRY_BYTES;
  const table = Buffer.alloc(HEADER_BYTES + entries + TABLE_FOOTER_BYTES);
  table.writeUInt32LE(SKIPPABLE_MAGIC, 0);
  table.writeUInt32LE(entries + TABLE_FOOTER_BYTES, 4);
  frames.forEach(({ compressed, content }, index) => {
    table.writeUInt32LE(compressed, HEADER_BYTES + index * ENTRY_BYTES);
    table.writeUInt32LE(content, HEADER_BYTES + index * ENTRY_BYTES + 4);
  });
  table.writeUInt32LE(frames.length, HEADER_BYTES + entries);
  table.writeUInt32LE(SEEKABLE_MAGIC, table.length - 4);
  return table;
};

/** Bytes of the whole table, read from its footer; null: that is no footer of ours. */
export const tableBytes = (footer: Buffer): number | null => {
  if (footer.length !== TABLE_FOOTER_BYTES || footer.readUInt32LE(5) !== SEEKABLE_MAGIC)
    return null;
  if (footer[4] !== 0) return null;
  return HEADER_BYTES + footer.readUInt32LE(0) * ENTRY_BYTES + TABLE_FOOTER_BYTES;
};

/** The frames of a file of `fileBytes`; null where the table is damaged. */
export const readTable = (table: Buffer, fileBytes: number): readonly FramePosition[] | null => {
  if (table.readUInt32LE(0) !== SKIPPABLE_MAGIC) return null;
  if (table.readUInt32LE(4) !== table.length - HEADER_BYTES) return null;
  const frames: FramePosition[] = [];
  let [fileOffset, contentOffset] = [0, 0];
  for (let at = HEADER_BYTES; at < table.length - TABLE_FOOTER_BYTES; at += ENTRY_BYTES) {
    const [compressed, content] = [table.readUInt32LE(at), table.readUInt32LE(at + 4)];
    if (content > FRAME_BYTES) return null;
    frames.push({ compressed, content, fileOffset, contentOffset });
    fileOffset += compressed;
    contentOffset += content;
  }
  return fileOffset + table.length === fileBytes ? frames : null;
};
