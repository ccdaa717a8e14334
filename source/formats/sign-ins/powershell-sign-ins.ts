import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { signInOfObject } from './sign-in-object.ts';

const pascal = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** Get-MgAuditLogSignIn has the one, Get-AzureADAuditSignInLogs the other. */
const ADDRESSES = ['IPAddress', 'IpAddress'] as const;

/**
 * ConvertTo-Json of Get-MgAuditLogSignIn, Get-MgBetaAuditLogSignIn and Get-AzureADAuditSignInLogs:
 * as of Get-ADSignInLogs and the older Get-ADSignInLogsGraph of Microsoft-Extractor-Suite.
 */
export const powershellSignIns: JsonFormat = {
  name: 'powershell-sign-ins',
  title: 'Get-MgAuditLogSignIn or Get-AzureADAuditSignInLogs (JSON)',
  kind: 'signIns',
  container: 'json',
  sample: `[
{"AppDisplayName":"Microsoft Outlook","AppId":"5d661950-3475-41cd-a2c3-d671a3162bc1","ClientAppUsed":"Browser","ConditionalAccessStatus":"success","CorrelationId":"00000000-0000-4000-8000-0000000000d5","CreatedDateTime":"2026-06-13T09:00:00Z","DeviceDetail":{"Browser":"Chrome 126.0.0","DeviceId":"","DisplayName":"","IsCompliant":null,"IsManaged":null,"OperatingSystem":"MacOs","TrustType":""},"Id":"00000000-0000-4000-8000-0000000000d4","IpAddress":"198.51.100.7","IsInteractive":true,"Location":{"City":"Utrecht","CountryOrRegion":"NL","State":"Utrecht"},"ResourceDisplayName":"Office 365 Exchange Online","RiskLevelDuringSignIn":"none","RiskState":"none","Status":{"AdditionalDetails":"","ErrorCode":0,"FailureReason":"Other."},"UserId":"00000000-0000-4000-8000-00000000000a","UserPrincipalName":"g.jacobs@contoso.example"}
]
`,
  recognise: (element) =>
    'CreatedDateTime' in element &&
    ADDRESSES.some((name) => name in element) &&
    ('AppId' in element || 'AppDisplayName' in element),
  read: (element, layout) => {
    const address = ADDRESSES.find((name) => name in element) ?? 'IpAddress';
    return signInOfObject(
      element,
      (name) => (name === 'ipAddress' ? address : pascal(name)),
      layout.facts[DATE_ORDER],
    );
  },
};
