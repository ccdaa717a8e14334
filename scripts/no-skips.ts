/** A reporter of node:test: names every test that was skipped, and fails the run for it. */
import type { TestEvent } from 'node:test/reporters';

export default async function* noSkips(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string, void> {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' || data.skip === undefined) continue;
    process.exitCode = 1;
    yield `Skipped where nothing may be: ${data.name} (${String(data.skip)})\n`;
  }
}
