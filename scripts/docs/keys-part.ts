import {
  BINDINGS,
  COMMAND_IDS,
  keyName,
  type Place,
} from '../../source/console/commands/bindings.ts';
import { GROUPS, TEXTS } from '../../source/console/commands/texts.ts';
import { markdownTable } from './marked-part.ts';

/** Not a pane: there the keys are those of any line of text, or stand in the footer. */
const ON_TOP: readonly Place[] = [
  ...([
    'prompt',
    'question',
    'filterMenu',
    'verdictMenu',
    'exportMenu',
    'palette',
    'text',
  ] as const),
];

/** The keys of the panes, a row each, in the groups of the help screen. */
export const keysPart = (): string => {
  const inPanes = COMMAND_IDS.filter((id) =>
    BINDINGS[id].places.some((place) => !ON_TOP.includes(place)),
  );
  const rows = GROUPS.flatMap((group) =>
    inPanes
      .filter((id) => TEXTS[id].group === group)
      .map((id) => [
        BINDINGS[id].keys.map((key) => `\`${keyName(key)}\``).join(' '),
        TEXTS[id].description,
      ]),
  );
  return markdownTable(['key', 'does'], rows);
};
