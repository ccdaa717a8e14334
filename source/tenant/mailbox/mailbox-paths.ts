/** Where a mailbox is asked for messages: paths below the version, as a $batch wants them. */

/** Beyond what encodeURIComponent does: quotes and brackets that somebody on the way may read. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** No more than what is shown: neither body nor preview nor attachments, so that Mail.ReadBasic is enough. */
const FIELDS = [
  ...['id', 'internetMessageId', 'subject', 'from', 'sender'],
  ...['toRecipients', 'ccRecipients', 'bccRecipients'],
  ...['receivedDateTime', 'sentDateTime', 'parentFolderId', 'isDraft', 'hasAttachments'],
].join(',');

/** More hits than this come on a further page. */
const PAGE = 100;

/** Deleted for good as its owner sees it: no other folder lists these (`tenant.md` 4). */
export const RECOVERABLE = 'recoverableitemsdeletions';

const mailboxPath = (mailbox: string): string => `/users/${encoded(mailbox)}`;

const folderPath = (mailbox: string, folder: string | null): string =>
  `${mailboxPath(mailbox)}${folder === null ? '' : `/mailFolders/${folder}`}/messages`;

/** Messages with this id, which is without <>; `folder` null: all folders but Recoverable Items. */
export const messagesPath = (mailbox: string, folder: string | null, messageId: string): string => {
  const filter = `internetMessageId eq '<${messageId.replaceAll("'", "''")}>'`;
  return `${folderPath(mailbox, folder)}?$filter=${encoded(filter)}&$select=${FIELDS}&$top=${PAGE}`;
};

/** One message by its REST id. */
export const messagePath = (mailbox: string, folder: string | null, restId: string): string =>
  `${folderPath(mailbox, folder)}/${encoded(restId)}?$select=${FIELDS}`;

/** The message itself, as it was sent: RFC 822, with its attachments. */
export const mimePath = (mailbox: string, folder: string | null, restId: string): string =>
  `/v1.0${folderPath(mailbox, folder)}/${encoded(restId)}/$value`;

export const translatePath = (mailbox: string): string =>
  `/v1.0${mailboxPath(mailbox)}/translateExchangeIds`;

export const BATCH_PATH = '/v1.0/$batch';

/** For ids that stay when an item moves. */
export const IMMUTABLE = { Prefer: 'IdType="ImmutableId"' } as const;
