import { isObject, type JsonValue } from '../../domain/json.ts';
import { TenantRefusal } from '../http/refusal.ts';
import type { MailboxAsking } from './ask-batch.ts';
import { translatePath } from './mailbox-paths.ts';

/** More in one request is refused. */
const MOST = 1000;

const TARGETS = { entryId: 'restId', immutableEntryId: 'restImmutableEntryId' } as const;
export type TranslatedFrom = keyof typeof TARGETS;

/** Needed for translating ids, and for nothing else; the least first. */
export const TRANSLATE_PERMISSIONS = {
  user: ['User.ReadBasic.All', 'User.Read.All'],
  application: ['User.Read.All'],
} as const;

const targetsIn = (body: Uint8Array): readonly (readonly [string, string])[] => {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(body).toString());
  } catch {
    return [];
  }
  const listed: readonly JsonValue[] =
    isObject(data) && Array.isArray(data['value']) ? data['value'] : [];
  return listed.flatMap((one): readonly (readonly [string, string])[] => {
    if (!isObject(one)) return [];
    const { sourceId, targetId } = one;
    return typeof sourceId === 'string' && typeof targetId === 'string'
      ? [[sourceId, targetId]]
      : [];
  });
};

const ask = async (
  asking: MailboxAsking,
  mailbox: string,
  from: TranslatedFrom,
  inputIds: readonly string[],
): Promise<readonly (readonly [string, string])[]> => {
  const body = { inputIds, sourceIdType: from, targetIdType: TARGETS[from] };
  try {
    return targetsIn(await asking.post(translatePath(mailbox), body));
  } catch (error) {
    if (!(error instanceof TenantRefusal) || error.kind !== 'request') throw error;
  }
  // One id that a back end cannot read spoils the others: it is looked for, and left out.
  if (inputIds.length === 1) return [];
  const half = Math.ceil(inputIds.length / 2);
  return [
    ...(await ask(asking, mailbox, from, inputIds.slice(0, half))),
    ...(await ask(asking, mailbox, from, inputIds.slice(half))),
  ];
};

/**
 * Ids of a mailbox in the spelling of REST (`tenant.md` 4.1), by the text of the entry id
 * (`entryTextOf`). Those the tenant can't translate are not in it.
 * @throws TenantRefusal (`permission`: it does not permit it; `not-found`: no such mailbox), Problem:
 * it did not answer. The signal's reason.
 */
export const translateIds = async (
  asking: MailboxAsking,
  mailbox: string,
  from: TranslatedFrom,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const targets = new Map<string, string>();
  for (let at = 0; at < ids.length; at += MOST)
    for (const [source, target] of await ask(asking, mailbox, from, ids.slice(at, at + MOST)))
      targets.set(source, target);
  return targets;
};
