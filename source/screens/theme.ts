import type { Tone } from '../console/view.ts';
import type { TerminalAbilities } from './terminal/terminal-abilities.ts';

/** How a tone looks: SGR parameters, of the 16 colours every terminal has. */
interface Look {
  readonly colour?: number;
  readonly style?: 1 | 2 | 7;
}

/** One accent per meaning (`screens.md`). A full record: a new tone without a look does not compile. */
const looks: Readonly<Record<Tone, Look>> = {
  plain: {},
  dim: { style: 2 },
  strong: { style: 1 },
  malicious: { colour: 31 },
  benign: { colour: 32 },
  warning: { colour: 33 },
  accent: { colour: 36 },
  rule: { style: 2 },
  key: { style: 1 },
  cursor: { style: 7 },
};

/** Puts a tone on a text by SGR sequences, or leaves it as it is. */
export type Paint = (text: string, tone: Tone) => string;

/**
 * Paints for a terminal. Not by ink's colour properties: those ask chalk, which looks at FORCE_COLOR,
 * CI and the command line and not at NO_COLOR; here the abilities alone decide.
 */
export function paintFor({ colour, styles }: Pick<TerminalAbilities, 'colour' | 'styles'>): Paint {
  return (text, tone) => {
    const look = looks[tone];
    if (text === '') return text;
    if (look.colour !== undefined) return colour ? `\u001B[${look.colour}m${text}\u001B[39m` : text;
    if (look.style === undefined || !styles) return text;
    return `\u001B[${look.style}m${text}\u001B[${look.style === 7 ? 27 : 22}m`;
  };
}
