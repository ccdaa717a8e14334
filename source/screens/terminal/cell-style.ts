/**
 * The style of a cell as the parameters of the SGR sequence that sets it from scratch ('1;31'),
 * always in one order, so that equal styles are equal strings. The plain style is ''.
 */
export type CellStyle = string;

const slots = ['bold', 'dim', 'italic', 'underline', 'inverse', 'strike', 'ink', 'paper'] as const;
type Slot = (typeof slots)[number];

const opening: Readonly<Record<number, Slot>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};
const closing: Readonly<Record<number, readonly Slot[]>> = {
  0: slots,
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
  39: ['ink'],
  49: ['paper'],
};

/** The style after an SGR sequence with these parameters ('31', '1;38;5;200', '' for reset). */
export function applySgr(style: CellStyle, parameters: string): CellStyle {
  const set = new Map<Slot, string>();
  const codes = [...numbers(style), ...(parameters === '' ? [0] : numbers(parameters))];
  for (let at = 0; at < codes.length; at += 1) {
    at += applyCode(set, codes, at);
  }
  return slots.flatMap((slot) => set.get(slot) ?? []).join(';');
}

/** Applies the code at `at`; returns how many codes after it belonged to it. */
function applyCode(set: Map<Slot, string>, codes: readonly number[], at: number): number {
  const code = codes[at] ?? 0;
  if (code === 38 || code === 48) return applyExtendedColour(set, codes, at);
  const opened = opening[code];
  if (opened !== undefined) set.set(opened, String(code));
  for (const slot of closing[code] ?? []) set.delete(slot);
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) set.set('ink', String(code));
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) set.set('paper', String(code));
  return 0;
}

/** `38;5;n` and `38;2;r;g;b`, and the same with 48. */
function applyExtendedColour(set: Map<Slot, string>, codes: readonly number[], at: number): number {
  const length = codes[at + 1] === 5 ? 2 : codes[at + 1] === 2 ? 4 : 0;
  set.set(codes[at] === 38 ? 'ink' : 'paper', codes.slice(at, at + 1 + length).join(';'));
  return length;
}

function numbers(parameters: string): number[] {
  return parameters === '' ? [] : parameters.split(';').map(Number);
}
