import type { Command } from '../../source/commands/command.ts';
import { markdownTable } from './marked-part.ts';

/** One row a command, as `mia --help` lists them. */
export const commandsPart = (commands: readonly Command[]): string =>
  markdownTable(
    ['command', 'does'],
    commands.map(({ name, argumentsLine, summary }) => [
      `\`mia ${name}${argumentsLine === '' ? '' : ` ${argumentsLine}`}\``,
      summary,
    ]),
  );
