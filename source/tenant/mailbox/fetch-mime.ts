import type { AskOptions, TenantClient } from '../client.ts';
import { TenantRefusal } from '../http/refusal.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';
import { mimePath, RECOVERABLE } from './mailbox-paths.ts';

/** Milliseconds: a message may have 150 MB. */
const TIMEOUT = 600_000;

/** Bytes: the same, and what its attachments take more in base64. It is not parsed. */
const MOST = 256 * 2 ** 20;

/**
 * A message byte for byte as the mailbox gives it (RFC 822), with its attachments; where it is not
 * among the others, among the recoverable items.
 * @throws TenantRefusal (`not-found`: it is gone), Problem, the signal's reason.
 */
export const fetchMime = async (
  client: TenantClient,
  mailbox: string,
  restId: string,
  options: Omit<AskOptions, 'bucket'>,
): Promise<TenantAnswer> => {
  const ask = (folder: string | null): Promise<TenantAnswer> =>
    client.get(mimePath(mailbox, folder, restId), {
      ...options,
      bucket: 'outlook',
      headers: { accept: '*/*' },
      timeout: TIMEOUT,
      most: MOST,
    });
  try {
    return await ask(null);
  } catch (error) {
    if (!(error instanceof TenantRefusal) || error.kind !== 'not-found') throw error;
    try {
      return await ask(RECOVERABLE);
    } catch (second) {
      // A mailbox without that folder says less than the first answer did.
      throw second instanceof TenantRefusal && second.kind === 'request' ? error : second;
    }
  }
};
