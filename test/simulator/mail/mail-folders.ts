import type { Folder, FolderRole } from '../../../scripts/generator/folders.ts';
import { entryOfAuditId, readRestId, restIdOf } from './item-ids.ts';
import type { MailboxContent, StoredMessage } from './mailbox-content.ts';

const WELL_KNOWN: Readonly<Record<string, FolderRole>> = {
  inbox: 'inbox',
  sentitems: 'sent',
  drafts: 'drafts',
  deleteditems: 'deleted',
  archive: 'archive',
};
const RECOVERABLE = 'recoverableitemsdeletions';

const folderNamed = (content: MailboxContent, name: string): Folder | undefined => {
  const { folders, guid } = content.mailbox;
  const role = WELL_KNOWN[name.toLowerCase()];
  if (role) return folders.find((folder) => folder.role === role);
  const entry = readRestId(name, guid)?.entry;
  return folders.find((folder) => entryOfAuditId(folder.id) === entry);
};

/** `folder` null: everything but Recoverable Items. null: there is no such folder. */
export const messagesIn = (
  content: MailboxContent,
  folder: string | null,
): readonly StoredMessage[] | null => {
  if (folder === null) return content.messages.filter((one) => one.folder !== null);
  if (folder.toLowerCase() === RECOVERABLE)
    return content.messages.filter((one) => one.folder === null);
  const found = folderNamed(content, folder);
  return found ? content.messages.filter((one) => one.folder === found) : null;
};

const describe = (content: MailboxContent, folder: Folder) => ({
  id: restIdOf(content.mailbox.guid, { kind: 'regular', entry: entryOfAuditId(folder.id) }),
  displayName: folder.name,
  childFolderCount: 0,
  totalItemCount: content.messages.filter((one) => one.folder === folder).length,
  unreadItemCount: 0,
  isHidden: folder.role === 'project',
});

/** The project folder is a hidden one: it is listed only when hidden ones are asked for. */
export const folderBodies = (content: MailboxContent, query: ReadonlyMap<string, string>) => {
  const hidden = query.get('includeHiddenFolders') === 'true';
  const top = Number(query.get('$top') ?? 10);
  const folders = content.mailbox.folders.filter(({ role }) => hidden || role !== 'project');
  return { value: folders.slice(0, top).map((folder) => describe(content, folder)) };
};
