/** Application ids that Microsoft gives its own (`formats.md` 1.2). */
const GRAPH = '00000003-0000-0000-c000-000000000000';
const NEW_OUTLOOK = '5d661950-3475-41cd-a2c3-d671a3162bc1';

const BY_APP: ReadonlyMap<string, string> = new Map([
  [GRAPH, 'Graph app'],
  [NEW_OUTLOOK, 'New Outlook'],
  ['00000002-0000-0ff1-ce00-000000000000', 'Outlook on the web'],
  ['d3590ed6-52b3-4102-aeff-aad2292ab01c', 'Outlook desktop'],
  ['fe93bfe1-7947-460a-a5e0-7a5906b51360', 'EWS'],
  ['27922004-5251-4030-b22d-91ecd9a37ea4', 'Outlook mobile'],
]);

/** Names of the applications that are known by their id. */
export const APPLICATION_NAMES: readonly string[] = [...new Set(BY_APP.values())];

/** Ids of the applications of that name, without case; empty where none has it. */
export const applicationsNamed = (name: string): readonly string[] =>
  [...BY_APP].flatMap(([id, known]) => (known.toLowerCase() === name.toLowerCase() ? [id] : []));

const BY_CLIENT: ReadonlyMap<string, string> = new Map([
  ['owa', 'Outlook on the web'],
  ['msexchangerpc', 'Outlook desktop'],
  ['webservices', 'EWS'],
  ['activesync', 'ActiveSync'],
  ['microsoft-server-activesync', 'ActiveSync'],
  ['hub transport', 'Hub transport'],
  ['outlookservice', 'Outlook mobile'],
  ['pop3/imap4', 'IMAP or POP'],
  ['imap4', 'IMAP'],
  ['pop3', 'POP'],
]);

/** At most 15 cells, for a column of the sessions list. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['Outlook on the web', 'Outlook web'],
  ['Outlook for iOS', 'Outlook iOS'],
  ['Outlook for Android', 'Outlook Android'],
]);

/** At most 7 cells, for a narrow column beside the messages. */
const BRIEF: ReadonlyMap<string, string> = new Map([
  ['Outlook on the web', 'OWA'],
  ['Outlook desktop', 'Desktop'],
  ['Outlook for iOS', 'iOS'],
  ['Outlook for Android', 'Android'],
  ['Outlook mobile', 'Mobile'],
  ['New Outlook', 'New OL'],
  ['Graph app', 'Graph'],
  ['REST service', 'REST'],
  ['ActiveSync', 'EAS'],
  ['Hub transport', 'Hub'],
]);

const idOf = (text: string | null): string => (text ?? '').trim().toLowerCase();

const restClient = (appId: string | null, clientAppId: string | null, appOnly: boolean): string => {
  if (idOf(clientAppId) === NEW_OUTLOOK || idOf(appId) === NEW_OUTLOOK) return 'New Outlook';
  return idOf(appId) === GRAPH || appOnly ? 'Graph app' : 'REST service';
};

/** Mobile Outlook and IMAP/POP say which one they are in what follows, before the next `;`. */
const refine = (name: string, second: string): string | null => {
  const hint = `${name};${second}`;
  if (hint.includes('outlook-ios')) return 'Outlook for iOS';
  if (hint.includes('outlook-android')) return 'Outlook for Android';
  if (second.startsWith('protocol=imap')) return 'IMAP';
  if (second.startsWith('protocol=pop')) return 'POP';
  return null;
};

/**
 * The client in plain words: "Outlook on the web", "Graph app". Only the first `Client=x` segment of
 * a ClientInfoString is parsed, since user agents hold `;` too; an unknown one is given as it stands,
 * so this is text from a record. Without any, the application ids decide, else "not stated".
 */
export const clientInWords = (
  clientInfo: string | null,
  appId: string | null,
  clientAppId: string | null,
  appOnly: boolean,
): string => {
  const info = (clientInfo ?? '').trim();
  const [first = '', second = ''] = info.split(';', 2);
  const value = first.replace(/^client=/i, '').trim();
  if (value === '') {
    const known = BY_APP.get(idOf(appId)) ?? BY_APP.get(idOf(clientAppId));
    return known ?? (appOnly ? 'Graph app' : 'not stated');
  }
  const name = value.toLowerCase();
  const refined = refine(name, second.trim().toLowerCase());
  if (refined !== null) return refined;
  if (name === 'rest' || name === 'restsystem') return restClient(appId, clientAppId, appOnly);
  return BY_CLIENT.get(name) ?? value;
};

/** The words of `clientInWords` shortened to `width` cells: known clients fit 15, most fit 7. */
export const clientInShort = (words: string, width = 15): string => {
  const short = words.length <= width ? words : (SHORT.get(words) ?? words);
  return short.length <= width ? short : (BRIEF.get(words) ?? short);
};
