import type { Random } from './random.ts';

export type ClientKind =
  | 'owa'
  | 'owa-browser'
  | 'outlook-desktop'
  | 'outlook-ews'
  | 'ios'
  | 'android'
  | 'rest'
  | 'graph-app'
  | 'imap'
  | 'pop'
  | 'activesync';

/** What a record says about the program that asked. */
export interface Client {
  readonly kind: ClientKind;
  readonly clientInfo: string;
  readonly appId: string | null;
  readonly clientAppId: string | null;
}

const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
const REST_APP_ID = '13937bba-652e-4c46-b222-3003f4d1ff97';
/** Applications of Microsoft's own, by their ids. */
export const EXCHANGE_ONLINE = '00000002-0000-0ff1-ce00-000000000000';
export const NEW_OUTLOOK = '5d661950-3475-41cd-a2c3-d671a3162bc1';
export const OFFICE = 'd3590ed6-52b3-4102-aeff-aad2292ab01c';
const EWS_OUTLOOK = 'fe93bfe1-7947-460a-a5e0-7a5906b51360';

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
];
const EWS_INFO = `Client=WebServices;Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)[AppId=${EWS_OUTLOOK}];`;

const PLAIN: { readonly [kind in ClientKind]: Omit<Client, 'kind'> } = {
  owa: { clientInfo: 'Client=OWA;Action=ViaProxy', appId: NEW_OUTLOOK, clientAppId: null },
  'owa-browser': {
    clientInfo: `Client=OWA;${BROWSERS[0]!};`,
    appId: EXCHANGE_ONLINE,
    clientAppId: null,
  },
  'outlook-desktop': { clientInfo: 'Client=MSExchangeRPC', appId: OFFICE, clientAppId: null },
  'outlook-ews': { clientInfo: EWS_INFO, appId: EWS_OUTLOOK, clientAppId: null },
  ios: { clientInfo: 'Client=OutlookService;Outlook-iOS/2.0;', appId: null, clientAppId: null },
  android: {
    clientInfo: 'Client=OutlookService;Outlook-Android/2.0;',
    appId: null,
    clientAppId: null,
  },
  rest: { clientInfo: 'Client=REST;;', appId: REST_APP_ID, clientAppId: NEW_OUTLOOK },
  'graph-app': {
    clientInfo: 'Client=REST;Client=RESTSystem;;',
    appId: GRAPH_APP_ID,
    clientAppId: null,
  },
  imap: { clientInfo: 'Client=POP3/IMAP4;Protocol=IMAP4', appId: null, clientAppId: null },
  pop: { clientInfo: 'Client=POP3/IMAP4;Protocol=POP3', appId: null, clientAppId: null },
  activesync: {
    clientInfo: 'Client=ActiveSync;UserAgent=Apple-iPhone15C2/2106.78;Action=/Sync',
    appId: null,
    clientAppId: null,
  },
};

/** `clientAppId`: the calling application, for Graph. */
export const clientOf = (
  kind: ClientKind,
  random: Random,
  clientAppId: string | null = null,
): Client => {
  const plain = PLAIN[kind];
  return {
    kind,
    ...plain,
    clientInfo: kind === 'owa-browser' ? `Client=OWA;${random.pick(BROWSERS)};` : plain.clientInfo,
    clientAppId: clientAppId ?? plain.clientAppId,
  };
};

/** Today's records name the calling app in ClientAppId too, where it is the same as AppId. */
export const withCallingApp = (client: Client): Client => ({
  ...client,
  clientAppId: client.clientAppId ?? client.appId,
});

/** The service's own addresses: behind REST a proxy, not the actor. */
export const serviceAddress = (random: Random): string =>
  random.chance(0.5)
    ? `2603:10a6:800:${random.between(100, 999)}::${random.between(10, 99)}`
    : `20.190.160.${random.between(1, 30)}`;
