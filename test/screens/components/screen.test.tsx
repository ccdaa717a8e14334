import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { cleanup, render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import type { Line, ScreenView } from '../../../source/console/view.ts';
import { LookContext } from '../../../source/screens/components/look.ts';
import { Screen } from '../../../source/screens/components/screen.tsx';
import { paintFor } from '../../../source/screens/theme.ts';

afterEach(cleanup);

const plain = (text: string): Line => [{ text, tone: 'plain' }];

const drawn = (element: ReactElement): string[] => (render(element).lastFrame() ?? '').split('\n');

describe('a screen', () => {
  it('puts bands below and panes beside each other, each in its own rectangle', () => {
    const view: ScreenView = {
      columns: 20,
      rows: 5,
      bands: [
        { height: 1, panes: [{ name: 'title', width: 20, lines: [plain('title')] }] },
        {
          height: 3,
          panes: [
            { name: 'left', width: 8, lines: [plain('a'), plain(''), plain('much too long')] },
            {
              name: 'right',
              width: 12,
              lines: [plain('1'), plain('2'), plain('3'), plain('no room')],
            },
          ],
        },
        { height: 1, panes: [{ name: 'footer', width: 20, lines: [] }] },
      ],
    };
    assert.deepEqual(drawn(<Screen view={view} />), [
      'title',
      'a       1',
      '        2',
      'much too3',
      '',
    ]);
  });

  it('cuts by cells: a wide character that would half fit is left out', () => {
    const lines = [plain('日本語'), [...plain('ab'), ...plain('日'), ...plain('c')]];
    const view = {
      columns: 6,
      rows: 2,
      bands: [
        {
          height: 2,
          panes: [
            { name: 'one', width: 3, lines },
            { name: 'two', width: 3, lines: [plain('|'), plain('|')] },
          ],
        },
      ],
    };
    assert.deepEqual(drawn(<Screen view={view} />), ['日 |', 'ab |']);
  });

  it('keeps blanks at the beginning and in the middle of a line', () => {
    const view = {
      columns: 30,
      rows: 1,
      bands: [{ height: 1, panes: [{ name: 'a', width: 30, lines: [plain('   a    b')] }] }],
    };
    assert.deepEqual(drawn(<Screen view={view} />), ['   a    b']);
  });

  it('paints each tone in its one colour, and in none when there are none', () => {
    const view: ScreenView = {
      columns: 20,
      rows: 1,
      bands: [
        {
          height: 1,
          panes: [
            {
              name: 'a',
              width: 20,
              lines: [
                [
                  { text: 'M', tone: 'malicious' },
                  { text: 'B', tone: 'benign' },
                  { text: 'x', tone: 'dim' },
                ],
              ],
            },
          ],
        },
      ],
    };
    const inLook = (colour: boolean, styles: boolean) =>
      drawn(
        <LookContext value={{ paint: paintFor({ colour, styles }), unicode: true }}>
          <Screen view={view} />
        </LookContext>,
      );
    assert.deepEqual(inLook(true, true), ['\u001B[31mM\u001B[32mB\u001B[39m\u001B[2mx\u001B[22m']);
    assert.deepEqual(inLook(false, true), ['MB\u001B[2mx\u001B[22m']);
    assert.deepEqual(inLook(false, false), ['MBx']);
  });
});
