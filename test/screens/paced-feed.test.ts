import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPacedFeed } from '../../source/screens/paced-feed.ts';

function feedOfChanges() {
  const listeners = new Set<() => void>();
  const heard = { requests: 0, changes: 0 };
  const feed = createPacedFeed(
    {
      currentView: () => ({ columns: 1, rows: 1, bands: [] }),
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    () => void (heard.requests += 1),
  );
  const unsubscribe = feed.subscribe(() => void (heard.changes += 1));
  const change = () => listeners.forEach((listener) => listener());
  return { feed, heard, change, unsubscribe, listeners };
}

describe('changes of the console', () => {
  it('reach the screen once it can draw, many as one', () => {
    const { feed, heard, change } = feedOfChanges();
    for (let times = 0; times < 50; times += 1) change();
    assert.deepEqual(heard, { requests: 50, changes: 0 });
    feed.refresh();
    assert.equal(heard.changes, 1);
    feed.refresh();
    assert.equal(heard.changes, 1);
    change();
    feed.refresh();
    assert.equal(heard.changes, 2);
  });

  it('are no longer asked for once the screen is gone', () => {
    const { unsubscribe, listeners } = feedOfChanges();
    assert.equal(listeners.size, 1);
    unsubscribe();
    assert.equal(listeners.size, 0);
  });
});
