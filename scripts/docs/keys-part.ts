import { keyTable } from '../../source/console/keys/key-table.ts';
import { markdownTable } from './marked-part.ts';

/** The keys of the panes, a row each, in the groups of the help screen. */
export const keysPart = (): string =>
  markdownTable(
    ['', 'key', 'does'],
    keyTable().map(({ group, keys, description }, index, all) => [
      all[index - 1]?.group === group ? '' : group,
      keys
        .split(' ')
        .map((key) => `\`${key}\``)
        .join(' '),
      description,
    ]),
  );
