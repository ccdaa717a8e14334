import { flag, listOf, objectOf, oneOf, orNull, text, textOrNull } from '../../domain/schema.ts';
import { documentSchema } from '../document.ts';

export const signInSchema = documentSchema('mia.sign-in/1', 'Who is signed in, and what works', {
  cloud: text,
  tenant: text,
  tenantId: text,
  account: objectOf({ kind: oneOf('user', 'application'), name: text }),
  clientId: text,
  method: oneOf('device-code', 'browser', 'client-secret', 'client-certificate'),
  permissions: orNull(listOf(text)),
  abilities: listOf(
    objectOf({
      ability: oneOf('auditSearch', 'messageTrace', 'mailbox', 'signInLog', 'managementActivity'),
      title: text,
      works: oneOf('yes', 'no', 'untried'),
      endpoint: textOrNull,
      reason: textOrNull,
      advice: textOrNull,
    }),
  ),
  remembered: flag,
  notedInCase: flag,
});

export const signOutSchema = documentSchema('mia.sign-out/1', 'Sign-ins that were forgotten', {
  forgotten: listOf(objectOf({ cloud: text, tenant: text, clientId: text })),
});
