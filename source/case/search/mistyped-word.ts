/** A word of so many letters may have two wrong. */
const LONG = 11;
/** As many letters are compared: the bits of a number. */
const MOST = 31;

interface Piece {
  readonly at: number;
  readonly letters: string;
}

/**
 * What stands in a text unspoiled, at least one of them, whatever the edits: one piece more than
 * edits, a letter apart from each other. Four letters would leave a single one, so they are halved;
 * then two letters exchanged could spoil both halves.
 */
const piecesOf = (word: string, edits: number): readonly Piece[] => {
  const piece = (from: number, to: number): Piece => ({ at: from, letters: word.slice(from, to) });
  if (word.length === 4)
    return [piece(0, 2), piece(2, 4), { at: 0, letters: word.replace(/(?<=^.)(.)(.)/s, '$2$1') }];
  const length = (word.length - edits) / (edits + 1);
  return Array.from({ length: edits + 1 }, (_, number) => {
    const from = number * (length + 1);
    return piece(Math.round(from), Math.round(from + length));
  });
};

/**
 * Tells of texts whether a word of four letters or more stands in them with one letter wrong (two
 * where it has eleven): another one, one too many, one missing, or two neighbours exchanged.
 * The algorithm is Bitap (Wu and Manber 1992), with exchanges, near what is found of its pieces.
 */
export const mistyped = (word: string): ((text: string) => boolean) => {
  const letters = word.slice(0, MOST);
  const edits = letters.length < LONG ? 1 : 2;
  const pieces = piecesOf(letters, edits);
  const places = new Uint32Array(0x10000);
  for (let at = 0; at < letters.length; at += 1)
    places[letters.charCodeAt(at)] = (places[letters.charCodeAt(at)] ?? 0) | (1 << at);
  const whole = 1 << (letters.length - 1);

  const standsIn = (text: string, from: number, to: number): boolean => {
    // Bit i: the first i + 1 letters end here, with none, one or two edits; and a character before.
    let [none, one, two] = [0, 1, 3];
    let [noneBefore, oneBefore, placeBefore] = [0, 1, 0];
    for (let at = from; at < to; at += 1) {
      const place = places[text.charCodeAt(at)] ?? 0;
      const exchanged = (place << 1) & placeBefore;
      const nextNone = ((none << 1) | 1) & place;
      const nextOne =
        ((one << 1) & place) |
        none |
        ((none | nextNone) << 1) |
        1 |
        (((noneBefore << 2) | 2) & exchanged);
      two =
        ((two << 1) & place) |
        one |
        ((one | nextOne) << 1) |
        1 |
        (((oneBefore << 2) | 2) & exchanged);
      if (((edits === 1 ? nextOne : two) & whole) !== 0) return true;
      [noneBefore, oneBefore, placeBefore] = [none, one, place];
      [none, one] = [nextNone, nextOne];
    }
    return false;
  };

  return (text) =>
    pieces.some((piece) => {
      for (
        let at = text.indexOf(piece.letters);
        at !== -1;
        at = text.indexOf(piece.letters, at + 1)
      ) {
        const from = at - piece.at - edits;
        const to = at - piece.at + letters.length + edits;
        if (standsIn(text, Math.max(0, from), Math.min(text.length, to))) return true;
      }
      return false;
    });
};
