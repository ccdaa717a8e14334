import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { signInOfObject } from './sign-in-object.ts';

/**
 * Pages of GET /auditLogs/signIns, v1.0 and beta, and what is made of them: the Entra portal's
 * download as JSON, and Get-GraphEntraSignInLogs (JSON and SOF-ELK) of Microsoft-Extractor-Suite.
 */
export const graphSignIns: JsonFormat = {
  name: 'graph-sign-ins',
  title: 'Microsoft Graph or Entra portal sign-ins (JSON)',
  kind: 'signIns',
  container: 'json',
  sample: `{"@odata.context":"https://graph.microsoft.com/beta/$metadata#auditLogs/signIns","value":[
{"id":"00000000-0000-4000-8000-0000000000d1","createdDateTime":"2026-06-13T08:28:17Z","userDisplayName":"G. Jacobs","userPrincipalName":"g.jacobs@contoso.example","userId":"00000000-0000-4000-8000-00000000000a","appId":"5d661950-3475-41cd-a2c3-d671a3162bc1","appDisplayName":"Microsoft Outlook","ipAddress":"203.0.113.10","autonomousSystemNumber":64500,"clientAppUsed":"Browser","correlationId":"00000000-0000-4000-8000-0000000000d2","conditionalAccessStatus":"notApplied","isInteractive":true,"signInEventTypes":["interactiveUser"],"authenticationProtocol":"deviceCode","sessionId":"00000000-0000-4000-8000-0000000000d3","uniqueTokenIdentifier":"AAAAAAAAAECAAAAAAAAA0Q","riskLevelDuringSignIn":"medium","riskState":"atRisk","resourceDisplayName":"Office 365 Exchange Online","status":{"errorCode":0,"failureReason":"Other.","additionalDetails":null},"deviceDetail":{"deviceId":"","displayName":"","operatingSystem":"Windows10","browser":"Edge 128.0.0","isCompliant":false,"isManaged":false,"trustType":""},"location":{"city":"Lagos","state":"Lagos","countryOrRegion":"NG"},"authenticationDetails":[{"authenticationMethod":"Password","succeeded":true}]}
]}
`,
  recognise: (element) =>
    'createdDateTime' in element &&
    'ipAddress' in element &&
    ('appId' in element || 'appDisplayName' in element),
  read: (element, layout) => signInOfObject(element, (name) => name, layout.facts[DATE_ORDER]),
};
