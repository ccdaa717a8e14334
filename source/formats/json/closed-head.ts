/** An escape sequence that the cut left incomplete. */
const CUT_ESCAPE = /\\(u[0-9a-f]{0,3})?$/i;

/**
 * The start of a JSON text, cut anywhere, as a text that is complete: back to the last value that
 * is whole, open strings and brackets closed. Serves to recognise a file whose first record is
 * larger than its head.
 */
export const closedHead = (text: string): string => {
  const due: string[] = [];
  let end = 0;
  let stringFrom = -1;
  let isValue = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (stringFrom >= 0) {
      if (character === '\\') at += 1;
      else if (character === '"') stringFrom = -1;
      continue;
    }
    if (character === '"') stringFrom = at;
    else if (character === '{' || character === '[') {
      due.push(character === '{' ? '}' : ']');
      end = at + 1;
    } else if (character === '}' || character === ']') {
      due.pop();
      end = at + 1;
    } else if (character === ',') end = at;
    if (character === ':' || character === ',') isValue = character === ':';
  }
  const closing = due.reverse().join('');
  if (stringFrom < 0 || !isValue) return text.slice(0, end) + closing;
  return `${text.replace(CUT_ESCAPE, '')}"${closing}`;
};
