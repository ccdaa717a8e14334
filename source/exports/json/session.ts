import type { Context, Mailbox, Session } from '../../domain/session.ts';
import { signInJson } from './sign-in.ts';

/** A mailbox in every document. */
export const mailboxJson = (mailbox: Mailbox) => ({ guid: mailbox.guid, owner: mailbox.owner });

const contextJson = (context: Context) => ({
  key: context.key,
  mailbox: mailboxJson(context.mailbox),
  actor: context.actor,
  address: context.address,
  client: context.client,
  clientInfo: context.clientInfo,
  appId: context.appId,
  clientAppId: context.clientAppId,
  logonType: context.logonType,
  deviceId: context.deviceId,
  firstSeen: context.firstSeen,
  lastSeen: context.lastSeen,
  records: context.records,
  binds: context.binds,
  syncs: context.syncs,
  operations: context.operations,
  messages: context.messages,
  throttled: context.throttled,
  itemsMissing: context.itemsMissing,
  appOnly: context.appOnly,
  delegate: context.delegate,
  external: context.external,
  ownApplication: context.ownApplication,
  verdict: context.verdict,
  grownSinceVerdict: context.grownSinceVerdict,
});

/** `mia.sessions/1` sessions[], keys in the order of the contract. */
export const sessionJson = (session: Session) => ({
  key: session.key,
  sessionId: session.sessionId,
  sessionIdSources: session.sessionIdSources,
  derived: session.derived,
  actors: session.actors,
  mailboxes: session.mailboxes.map(mailboxJson),
  addresses: session.addresses,
  clients: session.clients,
  appIds: session.appIds,
  firstSeen: session.firstSeen,
  lastSeen: session.lastSeen,
  records: session.records,
  binds: session.binds,
  syncs: session.syncs,
  operations: session.operations,
  messages: session.messages,
  throttled: session.throttled,
  itemsMissing: session.itemsMissing,
  appOnly: session.appOnly,
  delegate: session.delegate,
  external: session.external,
  ownApplication: session.ownApplication,
  verdict: session.verdict,
  grownSinceVerdict: session.grownSinceVerdict,
  contexts: session.contexts.map(contextJson),
  signIns: session.signIns.map(signInJson),
});
