import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Line, ScreenView, Tone } from '../../source/console/view.ts';
import { startVirtualConsole } from '../terminal/virtual-console.ts';

const plain = (text: string, tone: Tone = 'plain'): Line => [{ text, tone }];

/** A list under a title, its cursor on a row, as the sessions are. */
function listView(columns: number, rows: number, cursor: number, first = 0): ScreenView {
  const row = (at: number): Line => {
    const mark = at === cursor ? '> ' : '  ';
    return plain(`${mark}09-24 14:13:${at + 10} user${at * 31}@contoso.example ${at * 17}`);
  };
  const height = rows - 2;
  return {
    columns,
    rows,
    bands: [
      { height: 1, panes: [{ name: 'title', width: columns, lines: [plain(` mia ${columns}x${rows}`, 'strong')] }] },
      { height, panes: [{ name: 'list', width: columns, lines: Array.from({ length: height }, (_, at) => row(first + at)) }] },
      { height: 1, panes: [{ name: 'footer', width: columns, lines: [plain(' m malicious', 'malicious')] }] },
    ],
  }; // prettier-ignore
}

const textOf = (view: ScreenView): string[] =>
  view.bands.flatMap((band) =>
    Array.from({ length: band.height }, (_, at) =>
      (band.panes[0]?.lines[at] ?? []).map(({ text }) => text).join(''),
    ),
  );

describe('a running screen', () => {
  it('shows the view on a screen of its own', async () => {
    const view = listView(60, 15, 2);
    const { terminal, keyboard, drawn, screen } = startVirtualConsole({ view });
    await drawn();
    assert.deepEqual(terminal.lines(), textOf(view));
    assert.equal(terminal.look(14, 1).ink, 1);
    assert.equal(terminal.look(0, 1).bold, true);
    assert.ok(terminal.isAlternate() && terminal.isCursorHidden() && terminal.isPasteBracketed());
    assert.ok(keyboard.raw);
    await screen.stop();
  });

  it('spends tens of bytes on a step of the cursor, and little more on a scroll', async () => {
    const { terminal, show, drawn, screen } = startVirtualConsole({ view: listView(80, 24, 2) });
    await drawn();
    const bytesFor = async (view: ScreenView): Promise<number> => {
      const before = terminal.bytesWritten();
      show(view);
      await drawn();
      assert.deepEqual(terminal.lines(), textOf(view));
      return terminal.bytesWritten() - before;
    };
    assert.ok((await bytesFor(listView(80, 24, 3))) <= 30);
    await bytesFor(listView(80, 24, 21));
    assert.ok((await bytesFor(listView(80, 24, 22, 1))) <= 130);
    await screen.stop();
  });

  it('hands over keys and pastes', async () => {
    const { keyboard, heard, screen } = startVirtualConsole({ view: listView(60, 15, 2) });
    keyboard.type('jjj');
    keyboard.type('\u001B[200~a@b\rc\u001B[201~\u001B[5~');
    assert.deepEqual(heard, ['j', 'j', 'j', '"a@b\nc"', 'pageUp']);
    await screen.stop();
  });

  it('draws everything anew at another size', async () => {
    const console = startVirtualConsole({
      view: listView(80, 24, 2),
      viewFor: (columns, rows) => listView(columns, rows, 2),
    });
    await console.drawn();
    for (const [columns, rows] of [[60, 15], [120, 40], [80, 24]] as const) {
      console.output.resizeTo(columns, rows);
      await console.drawn();
      assert.deepEqual(console.terminal.lines(), textOf(listView(columns, rows, 2)));
    } // prettier-ignore
    assert.deepEqual(console.heard, ['60x15', '120x40', '80x24']);
    await console.screen.stop();
  });

  it('repairs what something else wrote over it', async () => {
    const view = listView(60, 15, 2);
    const { terminal, screen, drawn } = startVirtualConsole({ view });
    await drawn();
    await terminal.write('\u001B[3HBroadcast message from root');
    screen.redraw();
    await drawn();
    assert.deepEqual(terminal.lines(), textOf(view));
    await screen.stop();
  });

  it('leaves frames out while the line hangs, then shows the newest', async () => {
    const { terminal, output, show, drawn, screen } = startVirtualConsole({
      view: listView(80, 24, 0),
    });
    await drawn();
    output.stall();
    const before = output.writes.length;
    for (let cursor = 1; cursor <= 20; cursor += 1) {
      show(listView(80, 24, cursor));
      await drawn();
    }
    assert.equal(output.writes.length - before, 1);
    output.flow();
    await output.settled();
    await drawn();
    assert.equal(output.writes.length - before, 2);
    assert.deepEqual(terminal.lines(), textOf(listView(80, 24, 20)));
    await screen.stop();
  });

  it('draws in ASCII and without colour where that is asked for', async () => {
    const view: ScreenView = {
      columns: 20,
      rows: 2,
      bands: [
        {
          height: 2,
          panes: [
            { name: 'a', width: 12, lines: [plain('── 日本 ±', 'malicious'), plain('a…b', 'dim')] },
            { name: 'b', width: 8, lines: [plain('▁▂▇'), plain('é')] },
          ],
        },
      ],
    };
    const abilities = { colour: false, styles: false, unicode: false, addressable: true };
    const { terminal, output, drawn, screen } = startVirtualConsole({ view, abilities });
    await drawn();
    assert.deepEqual(terminal.lines(), ['-- ???? +   _.#', 'a~b         e']);
    assert.equal(terminal.look(0, 0).ink, undefined);
    assert.doesNotMatch(output.writes.join(''), /\u001B\[[\d;]+m/);
    await screen.stop();
  });
});
