import { Box, Text } from 'ink';
import { type ReactElement, memo, use, useSyncExternalStore } from 'react';
import type {
  ScreenView,
  Line as LineView,
  Span,
  PaneView,
  Band as BandView,
} from '../../console/view.ts';
import { toAscii } from '../ascii.ts';
import { cellWidth, cut } from '../../console/cells.ts';
import { LookContext, type ScreenLook } from './look.ts';

/**
 * The line cut to at most `width` cells. A wide character that would only half fit is left out;
 * nothing is added: whoever made the line has put an ellipsis where one belongs.
 */
function cutLine(line: LineView, width: number): LineView {
  const kept: Span[] = [];
  let left = width;
  for (const span of line) {
    if (left <= 0) break;
    const text = cut(span.text, left, '');
    left -= cellWidth(text);
    kept.push(text === span.text ? span : { ...span, text });
    // A shorter text means that the next character did not fit, and nothing may take its place.
    if (text.length < span.text.length) break;
  }
  return kept;
}

interface LineProps {
  readonly line: LineView;
  readonly width: number;
}

/** One line of a pane. Remembered by its spans: a view that reuses a line costs nothing to draw again. */
const Line = memo(function Line({ line, width }: LineProps): ReactElement {
  const { paint, unicode } = use(LookContext);
  const painted = cutLine(line, width)
    .map(({ text, tone }) => paint(unicode ? text : toAscii(text), tone))
    .join('');
  // ink gives a text without characters no height, and the lines below would move up.
  return <Text wrap="truncate-end">{painted === '' ? ' ' : painted}</Text>;
});

interface PaneProps {
  readonly pane: PaneView;
  readonly height: number;
}

/** A rectangle of exactly `pane.width` by `height` cells, whatever its lines say. */
function Pane({ pane, height }: PaneProps): ReactElement {
  return (
    <Box flexDirection="column" width={pane.width} height={height} flexShrink={0}>
      {pane.lines.slice(0, height).map((line, at) => (
        <Line key={at} line={line} width={pane.width} />
      ))}
    </Box>
  );
}

/** Panes side by side. */
function Band({ band }: { readonly band: BandView }): ReactElement {
  return (
    <Box flexDirection="row" height={band.height} flexShrink={0}>
      {band.panes.map((pane) => (
        <Pane key={pane.name} pane={pane} height={band.height} />
      ))}
    </Box>
  );
}

/** A whole frame: bands from top to bottom, never larger than the view says. */
export function Screen({ view }: { readonly view: ScreenView }): ReactElement {
  return (
    <Box flexDirection="column" width={view.columns} height={view.rows}>
      {view.bands.map((band, at) => (
        <Band key={at} band={band} />
      ))}
    </Box>
  );
}

export interface ViewFeed {
  /** Calls `listener` after each change; what it returns ends that. */
  subscribe(listener: () => void): () => void;
  /** The view as it is now: the same object until something changes. */
  currentView(): ScreenView;
}

interface LiveScreenProps {
  readonly feed: ViewFeed;
  readonly look: ScreenLook;
}

/** The screen, kept up with the console's store. */
export function LiveScreen({ feed, look }: LiveScreenProps): ReactElement {
  const view = useSyncExternalStore(feed.subscribe, feed.currentView);
  return (
    <LookContext value={look}>
      <Screen view={view} />
    </LookContext>
  );
}
