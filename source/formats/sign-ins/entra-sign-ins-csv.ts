import type { CsvFormat } from '../format.ts';
import { DATE_ORDER, dateColumnOrder } from '../dates/local-time.ts';
import { hasColumn } from '../audit/column-names.ts';
import { signInContent } from './sign-in-content.ts';

/** "Melbourne, Victoria, AU": a city may be missing, and a state may hold a comma. */
const keyContextOf = (text: string): { readonly city: string; readonly country: string } => {
  const parts = text.split(',').map((part) => part.trim());
  const country = parts.at(-1) ?? '';
  return { city: parts.length > 1 ? (parts[0] ?? '') : '', country };
};

const COLUMNS = {
  id: 'Request ID',
  user: 'Username',
  userId: 'User ID',
  servicePrincipalId: 'Service principal ID',
  app: 'Application',
  appId: 'Application ID',
  clientApp: 'Client app',
  resource: 'Resource',
  address: 'IP address',
  deviceId: 'Device ID',
  operatingSystem: 'Operating System',
  browser: 'Browser',
  trustType: 'Join Type',
  userAgent: 'User agent',
  protocol: 'Authentication Protocol',
  transferMethod: 'Original transfer method',
  incomingToken: 'Incoming token type',
  requirement: 'Authentication requirement',
  conditionalAccess: 'Conditional Access',
  errorCode: 'Sign-in error code',
  failureReason: 'Failure reason',
  sessionId: 'Session ID',
  tokenId: 'Unique token identifier',
  correlationId: 'Correlation ID',
} as const;

const DATE = 'Date (UTC)';
/** Two blanks, as the portal has it; collectors that imitate it have one. */
const NETWORK = ['Autonomous system  number', 'Autonomous system number'];

/**
 * The Entra portal's downloads as CSV: interactive and non-interactive sign-ins of users (nothing in
 * the file says which), of applications and of managed identities.
 */
export const entraSignInsCsv: CsvFormat = {
  name: 'entra-sign-ins-csv',
  title: 'Entra portal sign-ins (CSV)',
  kind: 'signIns',
  container: 'csv',
  sample: `Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Incoming token type,Authentication Protocol,Unique token identifier,Original transfer method,Application,Application ID ,Resource,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating System,Compliant,Managed,Join Type,Multifactor authentication result,Multifactor authentication auth method,Authentication requirement,Session ID,Autonomous system  number,Conditional Access\r
2026-06-13T08:28:17Z,00000000-0000-4000-8000-0000000000d6,Mozilla/5.0,00000000-0000-4000-8000-0000000000d7,00000000-0000-4000-8000-00000000000a,G. Jacobs,g.jacobs@contoso.example,Member,none,Device code,AAAAAAAAAECAAAAAAAAA1g,None,Microsoft Outlook,5d661950-3475-41cd-a2c3-d671a3162bc1,Office 365 Exchange Online,203.0.113.10,"Lagos, Lagos, NG",Success,0,Other.,Browser,,Edge 128.0.0,Windows10,No,No,,MFA requirement satisfied,Text message,Multifactor authentication,00000000-0000-4000-8000-0000000000d8,64500,Not Applied\r
`,
  recognise: (header) => hasColumn(header, DATE, COLUMNS.id, COLUMNS.address, COLUMNS.app),
  facts: dateColumnOrder((name) => name.toLowerCase() === DATE.toLowerCase()),
  reader: (column, layout) => {
    const places = Object.entries(COLUMNS).map(([field, name]) => [field, column(name)] as const);
    const date = column(DATE);
    const location = column('Location');
    const method = column('Multifactor authentication auth method');
    const network = NETWORK.map(column).find((at) => at >= 0) ?? -1;
    const servicePrincipal = column('Service principal name');
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const at = (index: number): string => cells[index] ?? '';
      const texts = Object.fromEntries(places.map(([field, index]) => [field, at(index)])) as {
        readonly [field in keyof typeof COLUMNS]: string;
      };
      return signInContent(
        {
          ...texts,
          ...keyContextOf(at(location)),
          app: texts.app || at(servicePrincipal),
          time: at(date),
          events: texts.servicePrincipalId === '' ? [] : ['servicePrincipal'],
          interactive: null,
          network: at(network),
          device: '',
          methods: [at(method)],
          riskLevel: '',
          riskAggregated: '',
          riskState: '',
          riskEvents: [],
        },
        order,
      );
    };
  },
};
