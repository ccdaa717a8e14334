import { graphError, json } from '../http/exchange.ts';
import type { TenantAnswer, TenantRequest } from '../http/exchange.ts';
import type { Call, Route } from '../http/routes.ts';
import type { Stage } from '../stage.ts';
import { attachmentsOf } from './attachments.ts';
import type { Attachment } from './attachments.ts';
import { readRestId } from './item-ids.ts';
import type { MailboxAccess, OpenedMailbox } from './mailbox-access.ts';
import type { StoredMessage } from './mailbox-content.ts';
import { messageBody } from './message-body.ts';
import type { Shown } from './message-body.ts';
import { hasMessageId, readMessageFilter } from './message-filter.ts';
import { mimeOf } from './message-text.ts';
import { folderBodies, messagesIn } from './mail-folders.ts';

const notFound = graphError(
  404,
  'ErrorItemNotFound',
  'The specified object was not found in the store., The process failed to get the correct properties.',
);
const malformed = graphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');

const wantsImmutable = ({ headers }: TenantRequest): boolean =>
  /IdType\s*=\s*"?ImmutableId"?/iu.test(headers['prefer'] ?? '');

const shownBy = ({ request }: Call, basic: boolean): Shown => {
  const select = request.query.get('$select');
  return {
    immutable: wantsImmutable(request),
    basic,
    select: select === undefined ? null : select.split(',').map((name) => name.trim()),
  };
};

/** 0 or more, or null. */
const countOf = (text: string | undefined, otherwise: number): number | null => {
  const count = text === undefined ? otherwise : Number(text);
  return Number.isInteger(count) && count >= 0 ? count : null;
};

/** All messages of a folder, or of all folders but Recoverable Items, page by page. */
const listMessages =
  (stage: Stage) =>
  ({ content, basic }: OpenedMailbox, call: Call): TenantAnswer => {
    const { request, named } = call;
    const within = messagesIn(content, named['folder'] ?? null);
    if (!within) return notFound;
    const filter = request.query.get('$filter');
    const ids = filter === undefined ? null : readMessageFilter(filter);
    if (typeof ids === 'string')
      return graphError(
        400,
        ids,
        'The restriction or sort order is too complex for this operation.',
      );
    const top = countOf(request.query.get('$top'), 10);
    const skip = countOf(request.query.get('$skip'), 0);
    if (top === null || skip === null || top < 1 || top > 1000)
      return graphError(400, 'ErrorInvalidUrlQuery', 'The $top or $skip value is not valid.');
    const found = ids ? within.filter(hasMessageId(ids)) : within;
    const shown = shownBy(call, basic);
    const words = [...request.query, ['$skip', String(skip + top)] as const].filter(
      ([name], index, all) => name !== '$skip' || index === all.length - 1,
    );
    const next = words.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    const address = stage.origins().graph + (request.url.split('?')[0] ?? '');
    return json({
      '@odata.context': `${stage.origins().graph}/${call.version}/$metadata#users('${content.mailbox.objectId}')/messages`,
      ...(skip + top < found.length ? { '@odata.nextLink': `${address}?${next}` } : {}),
      value: found.slice(skip, skip + top).map((one) => messageBody(content, one, shown)),
    });
  };

type MessageRun = (message: StoredMessage, opened: OpenedMailbox, call: Call) => TenantAnswer;

const withMessage =
  (run: MessageRun) =>
  (opened: OpenedMailbox, call: Call): TenantAnswer => {
    const { content } = opened;
    const id = readRestId(call.named['message'] ?? '', content.mailbox.guid);
    if (!id) return malformed;
    const message =
      id.kind === 'immutable'
        ? content.byImmutableEntry.get(id.entry)
        : content.byEntry.get(id.entry);
    return message ? run(message, opened, call) : notFound;
  };

const getMessageBody: MessageRun = (message, { content, basic }, call) =>
  json(messageBody(content, message, shownBy(call, basic)));
const getMessage = withMessage(getMessageBody);

const mimeBody: MessageRun = (message) => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain' },
  body: mimeOf(message),
});
const getMime = withMessage(mimeBody);

/** By its folder too, as Graph documents it; there alone. */
const inFolder = (run: MessageRun) =>
  withMessage((message, opened, call) => {
    const within = messagesIn(opened.content, call.named['folder'] ?? null);
    return within?.includes(message) === true ? run(message, opened, call) : notFound;
  });

const attachmentBody = ({ id, name, contentType, bytes }: Attachment) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  ...{ id, name, contentType },
  size: bytes.length,
  isInline: false,
});

const listAttachments = withMessage((message) =>
  json({ value: attachmentsOf(message).map(attachmentBody) }),
);

const withAttachment = (run: (attachment: Attachment) => TenantAnswer) =>
  withMessage((message, _, { named }) => {
    const found = attachmentsOf(message).find(({ id }) => id === named['attachment']);
    return found ? run(found) : notFound;
  });

const getAttachment = withAttachment((found) =>
  json({ ...attachmentBody(found), contentBytes: found.bytes.toString('base64') }),
);
const getAttachmentBytes = withAttachment(({ bytes, contentType }) => ({
  status: 200,
  headers: { 'Content-Type': contentType },
  body: bytes,
}));

/** Messages, their MIME and attachments, and folders, of `/users/{user}` and `/me`. */
export const messageRoutes = (stage: Stage, { opened }: MailboxAccess): readonly Route[] => {
  const list = opened(listMessages(stage));
  const folders = opened(({ content }, { request }) => json(folderBodies(content, request.query)));
  return ['users/{user}', 'me'].flatMap((root) => {
    const message = `${root}/messages/{message}`;
    const get = (path: string, run: Route['run']): Route => ({ method: 'GET', path, run });
    return [
      get(`${root}/messages`, list),
      get(`${root}/mailFolders`, folders),
      get(`${root}/mailFolders/{folder}/messages`, list),
      get(`${root}/mailFolders/{folder}/messages/{message}`, opened(inFolder(getMessageBody))),
      get(
        `${root}/mailFolders/{folder}/messages/{message}/$value`,
        opened(inFolder(mimeBody), true),
      ),
      get(message, opened(getMessage)),
      get(`${message}/$value`, opened(getMime, true)),
      get(`${message}/attachments`, opened(listAttachments, true)),
      get(`${message}/attachments/{attachment}`, opened(getAttachment, true)),
      get(`${message}/attachments/{attachment}/$value`, opened(getAttachmentBytes, true)),
    ];
  });
};
