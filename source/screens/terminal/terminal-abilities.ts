/** What the terminal at hand can show, worked out once at the start. */
export interface TerminalAbilities {
  /** Colours may be used; without them the letters and marks alone tell things apart. */
  readonly colour: boolean;
  /** Bold and dim may be used (false only on a terminal that knows no escape sequences for style). */
  readonly styles: boolean;
  /** The locale is UTF-8; otherwise everything is mapped to plain ASCII before it is written. */
  readonly unicode: boolean;
  /** The terminal can place the cursor. When false (TERM=dumb) a console still draws, but plainly. */
  readonly addressable: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `NO_COLOR`, `FORCE_COLOR`, `TERM`, `LC_ALL`, `LC_CTYPE`, `LANG` (and `OS`, Windows).
 *
 * ink and chalk ignore NO_COLOR, so the decision is made here and nowhere else. A locale that is not
 * set at all is POSIX, that is, not UTF-8; Windows has no locale variables and its terminals are UTF-8.
 */
export function terminalAbilities(env: Environment, isTTY: boolean): TerminalAbilities {
  const dumb = env['TERM'] === 'dumb';
  return {
    colour: isTTY && !dumb && !colourRefused(env),
    styles: isTTY && !dumb,
    unicode: isUtf8(env),
    addressable: isTTY && !dumb,
  };
}

function colourRefused(env: Environment): boolean {
  const noColour = env['NO_COLOR'];
  if (noColour !== undefined && noColour !== '') return true;
  return env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false';
}

/** The first variable that is set and not empty decides, as in setlocale(3). */
function isUtf8(env: Environment): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  if (!locale) return env['OS'] === 'Windows_NT';
  return /utf-?8/i.test(locale);
}
