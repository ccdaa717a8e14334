type Environment = Readonly<Record<string, string | undefined>>;

/** GNU screen cuts a passed-through string at 768 bytes, so it gets pieces. */
const screenPiece = 760;

/**
 * The sequence that asks the terminal to put `text` on its clipboard (OSC 52), wrapped so that tmux
 * (`$TMUX`) or GNU screen (`$STY`, `$TERM`) passes it on to the terminal outside. Whether the
 * terminal obeys cannot be known: the caller says what it did and how to copy by hand.
 */
export function clipboardSequence(text: string, env: Environment): string {
  const request = `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
  if (env['TMUX']) return passThroughTmux(request);
  if (env['STY'] || env['TERM']?.startsWith('screen')) return passThroughScreen(request);
  return request;
}

/** tmux wants every Esc doubled. It also takes the bare sequence when `set-clipboard` is on: both are sent. */
function passThroughTmux(request: string): string {
  return `${request}\u001BPtmux;${request.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
}

function passThroughScreen(request: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < request.length; at += screenPiece) {
    pieces.push(`\u001BP${request.slice(at, at + screenPiece)}\u001B\\`);
  }
  return pieces.join('');
}
