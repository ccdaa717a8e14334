/** Nothing but printable ASCII: most text, and safe as it is. */
const PLAIN = /^[ -~]*$/;

const LINE_ENDS_AND_TABS = /\r\n|[\t\n\r]/g;

/** All spaces but the ordinary one and the wide one of CJK text look like it and are told apart by none. */
const ODD_SPACES = /[^\P{Zs} \u3000]/gu;

/**
 * Emoji variation selectors, and joiners between two pictographs: terminals disagree on how many cells
 * such a sequence takes, so its parts are shown each for itself.
 */
const EMOJI_GLUE =
  /(?<=[\p{Extended_Pictographic}\p{Emoji}])[\ufe0e\ufe0f]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d(?=\p{Extended_Pictographic})/gu;

/**
 * Controls (C0, C1, DEL), format characters (bidi overrides and isolates, zero width, tags), lone
 * surrogates, private use, unassigned, line and paragraph separators, and whatever else is invisible.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** More marks than any script stacks on one letter paint over the rows above and below. */
const STACKED_MARKS = /(\p{M}{6})\p{M}+/gu;

const escape = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
};

/**
 * The one function that text from a record passes before it reaches a terminal (`domain.md`, What
 * never happens). One line comes out, in which every character is visible or a space: line ends and
 * tabs become a space, what could act on the terminal or hide becomes an escape like \x1b or \u202e.
 */
export const forTerminal = (text: string): string => {
  if (PLAIN.test(text)) return text;
  const shown = text
    .replace(LINE_ENDS_AND_TABS, ' ')
    .replace(EMOJI_GLUE, '')
    .replace(ODD_SPACES, ' ')
    .replace(UNSAFE, escape)
    .replace(STACKED_MARKS, '$1\ufffd');
  // A mark at the beginning would sit on whatever stands to the left of the text.
  return /^\p{M}/u.test(shown) ? `\u25cc${shown}` : shown;
};
