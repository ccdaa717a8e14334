import { describe, it } from 'node:test';
import { inOwnMounts, withoutPrivilege } from './in-own-mounts.ts';

describe('a case on a disk that takes nothing', () => {
  for (const scenario of [
    'read-only disk',
    'read-only mount',
    'changes beside records.db',
    'console on a read-only disk',
    'full disk',
  ])
    it(`is read, and says so: ${scenario}`, (t) => inOwnMounts(t, scenario));
  it('is read, and says so: read-only folder', (t) => withoutPrivilege(t, 'read-only folder'));
});

describe('an import that finds no room', () => {
  it('leaves the case as it was', (t) => inOwnMounts(t, 'import on a small disk'));
  it('leaves nothing where it was the first', (t) =>
    inOwnMounts(t, 'first import on a small disk'));
});
