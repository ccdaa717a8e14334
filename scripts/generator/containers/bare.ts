import type { AuditData } from '../access.ts';
import type { Container } from './container.ts';
import { mapEach } from '../map-each.ts';

type Text = Container['text'];

const lines =
  (shape: (record: AuditData) => unknown): Text =>
  (records) =>
    mapEach(records, (record) => `${JSON.stringify(shape(record))}\n`);

const asItIs = (record: AuditData): AuditData => record;

const arrayText = (shape: (record: AuditData) => unknown, indent: number, newline: string): Text =>
  function* (records) {
    let before = '[';
    for (const record of records) {
      const text = JSON.stringify(shape(record), null, indent).replaceAll('\n', newline);
      yield `${before}${indent > 0 ? newline : ''}${text}`;
      before = ',';
    }
    yield before === '[' ? '[]' : `${indent > 0 ? newline : ''}]${newline}`;
  };

/** Containers that carry bare AuditData and nothing around it lose nothing. */
const bare = (
  name: string,
  title: string,
  extension: Container['extension'],
  text: Text,
  encoding: Container['encoding'] = 'utf-8',
): Container => ({ name, title, extension, encoding, cannotCarry: [], text });

const collector = (record: AuditData): AuditData => ({
  ...record,
  TenantName: 'contoso',
  TenantId: record['OrganizationId'],
  OriginFeed: 'Audit.Exchange',
});

export const bareContainers: readonly Container[] = [
  bare('ndjson', 'AuditData, one a line (Goose, SOF-ELK, AuditDataOnly)', 'jsonl', lines(asItIs)),
  bare('json-array', 'Management Activity API blob (JSON array)', 'json', arrayText(asItIs, 0, '')),
  bare(
    'log-collector-ndjson',
    'Management Activity API by office365-log-collector (NDJSON)',
    'jsonl',
    lines(collector),
  ),
  bare(
    'concatenated-pretty',
    'DFIR-O365RC from Graph: pretty JSON, one object after another',
    'json',
    (records) =>
      mapEach(
        records,
        (record) => `${JSON.stringify(record, null, 2).replaceAll('\n', '\r\n')}\r\n`,
      ),
    'utf-8-bom',
  ),
  bare('hawk-json', 'Hawk (JSON array)', 'json', arrayText(asItIs, 4, '\r\n'), 'utf-8-bom'),
  bare(
    'hawk-json-utf16le',
    'Hawk (JSON), UTF-16LE',
    'json',
    arrayText(asItIs, 4, '\r\n'),
    'utf-16le-bom',
  ),
];
