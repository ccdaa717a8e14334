import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientInShort, clientInWords } from '../../../source/domain/records/client.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const NEW_OUTLOOK = '5d661950-3475-41cd-a2c3-d671a3162bc1';

const words = (info: string | null, appId: string | null = null) =>
  clientInWords(info, appId, null, false);

test('formats.md 1.2: known clients in plain words, by the first segment alone', () => {
  const cases: [string, string][] = [
    ['Client=OWA;Action=ViaProxy', 'Outlook on the web'],
    ['Client=OWA;Mozilla/5.0 (X11; Client=REST;)', 'Outlook on the web'],
    ['Client=MSExchangeRPC', 'Outlook desktop'],
    ['Client=WebServices;Microsoft Office/16.0 (Windows NT 10.0)[AppId=x];', 'EWS'],
    ['Client=OutlookService;Outlook-iOS/2.0;', 'Outlook for iOS'],
    ['Client=OutlookService;Outlook-Android/2.0;', 'Outlook for Android'],
    ['Client=OutlookService;', 'Outlook mobile'],
    ['Client=POP3/IMAP4;Protocol=IMAP4', 'IMAP'],
    ['Client=POP3/IMAP4;Protocol=POP3', 'POP'],
    ['Client=POP3/IMAP4', 'IMAP or POP'],
    ['Client=ActiveSync;Version=16.1', 'ActiveSync'],
    ['Client=Hub Transport', 'Hub transport'],
    ['Client=REST;Client=RESTSystem;;', 'REST service'],
    ['Client=REST;;', 'REST service'],
    ['Client=Brand New;x', 'Brand New'],
    ['SomethingElse;x', 'SomethingElse'],
  ];
  for (const [info, expected] of cases) assert.equal(words(info), expected, info);
});

test('formats.md 1.2: behind REST the application ids decide', () => {
  assert.equal(words('Client=REST;;', GRAPH.toUpperCase()), 'Graph app');
  assert.equal(clientInWords('Client=REST;;', null, null, true), 'Graph app');
  assert.equal(clientInWords('Client=REST;;', GRAPH, NEW_OUTLOOK, false), 'New Outlook');
  // In a real record Outlook on the web carries the same AppId: the client string wins.
  assert.equal(words('Client=OWA;Action=ViaProxy', NEW_OUTLOOK), 'Outlook on the web');
});

test('formats.md 1.2: without a client string the application ids serve, else it is not stated', () => {
  assert.equal(words(null, GRAPH), 'Graph app');
  assert.equal(words('', 'd3590ed6-52b3-4102-aeff-aad2292ab01c'), 'Outlook desktop');
  assert.equal(clientInWords(null, null, null, true), 'Graph app');
  assert.equal(words(null), 'not stated');
  assert.equal(words('Client=;x'), 'not stated');
});

test('short forms of the known clients fit a column of 15', () => {
  assert.equal(clientInShort('Outlook on the web'), 'Outlook web');
  for (const client of ['Outlook on the web', 'Outlook for iOS', 'Outlook for Android'])
    assert.ok(clientInShort(client).length <= 15);
  assert.equal(clientInShort('Brand New'), 'Brand New');
});
