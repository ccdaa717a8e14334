/**
 * Writes an invented case of any size:
 *   node scripts/make-case.ts --rows 200000 --seed 1 --container purview-csv --out FILE
 *     [--traces FILE] [--trace-container get-messagetracev2-csv] [--sessions N] [--mailboxes N] [--mail-count N]
 *     [--unsorted]
 * The same flags give the same bytes. "-" writes to standard output. --unsorted: rows in no
 * order, which takes as much room beside FILE again while it runs.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { caseRows, planCase } from './generator/case.ts';
import { auditContainer, auditContainers } from './generator/containers/all.ts';
import { streamContainer } from './generator/containers/container.ts';
import { mapEach } from './generator/map-each.ts';
import { hashOf, seededRandom } from './generator/random.ts';
import { shuffled } from './generator/shuffle.ts';
import { traceContainer, traceContainers } from './generator/traces/all.ts';
import { streamTraces } from './generator/traces/trace-container.ts';
import { tracedMail } from './generator/traces/traced-mail.ts';

const writeAll = (file: string, chunks: Iterable<Uint8Array>): number => {
  const descriptor = file === '-' ? 1 : openSync(file, 'w');
  let bytes = 0;
  for (const chunk of chunks)
    for (let from = 0; from < chunk.length;) {
      const written = writeSync(descriptor, chunk, from);
      from += written;
      bytes += written;
    }
  if (file !== '-') closeSync(descriptor);
  return bytes;
};

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    container: { type: 'string', default: 'purview-csv' },
    out: { type: 'string' },
    traces: { type: 'string' },
    'trace-container': { type: 'string', default: 'get-messagetracev2-csv' },
    sessions: { type: 'string' },
    mailboxes: { type: 'string' },
    'mail-count': { type: 'string' },
    unsorted: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

if (values.list) {
  for (const { name, title } of [...auditContainers, ...traceContainers])
    process.stdout.write(`${name.padEnd(34)} ${title}\n`);
} else if (values.out === undefined) {
  process.stderr.write('make-case: --out FILE is missing (--list shows the containers)\n');
  process.exitCode = 2;
} else {
  const plan = planCase({
    seed: Number(values.seed),
    rows: Number(values.rows),
    ...(values.sessions ? { sessions: Number(values.sessions) } : {}),
    ...(values['mail-count'] ? { mailCount: Number(values['mail-count']) } : {}),
    ...(values.mailboxes ? { mailboxes: Number(values.mailboxes) } : {}),
  });
  const sorted = mapEach(caseRows(plan), (row) => row.record);
  const waiting = join(values.out === '-' ? tmpdir() : dirname(values.out), `rows-${process.pid}`);
  const records = values.unsorted
    ? shuffled(sorted, seededRandom(hashOf(plan.seed, 31)), waiting)
    : sorted;
  const bytes = writeAll(values.out, streamContainer(auditContainer(values.container), records));
  process.stderr.write(`${values.out}: ${plan.rows} rows, ${bytes} bytes\n`);
  if (values.traces) {
    const traced = streamTraces(traceContainer(values['trace-container']), tracedMail(plan));
    process.stderr.write(`${values.traces}: ${writeAll(values.traces, traced)} bytes\n`);
  }
}
