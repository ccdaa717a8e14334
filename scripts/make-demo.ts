/**
 * Writes the files of the built-in demo: node scripts/make-demo.ts OUTDIR
 * The invented case of Zuiderlicht Shipping, always the same bytes. `demo.json` says what the
 * demo's analyst has already decided.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoCase } from './demo/demo-case.ts';
import type { DemoCase } from './demo/demo-case.ts';
import { auditContainer } from './generator/containers/all.ts';
import { writeContainer } from './generator/containers/container.ts';
import { traceContainer } from './generator/traces/all.ts';
import { writeTraces } from './generator/traces/trace-container.ts';

const TRACE = 'message-trace-g.jacobs-finance.csv.gz';
const HISTORICAL = 'historical-search-m.visser.csv.gz';

const marksOf = ({ intruder, known }: DemoCase): readonly object[] => {
  const desktop = (user: 'g.jacobs' | 'm.visser' | 't.berg'): string =>
    known.desktop.get(user)![1]!;
  const benign = (sessionId: string, reason: string): object => ({
    verdict: 'benign',
    sessionId,
    reason,
  });
  return [
    {
      verdict: 'malicious',
      sessionId: intruder.web,
      reason: 'Signed in from a VPN exit at night; made the inbox rule that hides invoices.',
    },
    {
      verdict: 'malicious',
      sessionId: intruder.desktop,
      reason: 'Outlook nobody here owns, from the rented server in the sign-in log.',
    },
    benign(desktop('g.jacobs'), 'His PC in the office; checked with him by phone.'),
    benign(desktop('m.visser'), 'Her laptop, office and home; device is clean.'),
    benign(desktop('t.berg'), 'Managed PC in the office.'),
    benign(known.web.get('l.pena')![0]!, 'Confirmed by the owner.'),
    benign(known.web.get('k.okafor')![0]!, 'Confirmed by the owner.'),
  ];
};

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('make-demo: where to? node scripts/make-demo.ts OUTDIR\n');
  process.exitCode = 2;
} else {
  const demo = demoCase();
  mkdirSync(folder, { recursive: true });
  const write = (file: string, bytes: Uint8Array): void =>
    writeFileSync(join(folder, file), gzipSync(bytes, { level: 9 }));
  for (const { file, rows } of demo.audit)
    write(
      file,
      writeContainer(
        auditContainer('purview-csv'),
        rows.map((row) => row.record),
      ),
    );
  write(TRACE, writeTraces(traceContainer('get-messagetracev2-csv'), demo.traced));
  write(HISTORICAL, writeTraces(traceContainer('historical-summary'), demo.historical));
  const manifest = {
    schema: 'mia.demo/1',
    title: 'Zuiderlicht Shipping (demo)',
    analyst: 'demo analyst',
    files: [...demo.audit.map(({ file }) => file), TRACE, HISTORICAL],
    window: {
      from: '2026-09-17T06:00:00Z',
      to: '2026-09-24T10:30:00Z',
      reason: 'From the phishing mail to the password reset.',
    },
    marks: marksOf(demo),
  };
  writeFileSync(join(folder, 'demo.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
