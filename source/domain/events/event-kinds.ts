/** What a side event is about, in the order in which lists of kinds name them. */
export const EVENT_KINDS = [
  'sent',
  'deleted',
  'moved',
  'created',
  'changed',
  'searched',
  'attachment',
  'rule',
  'forwarding',
  'permission',
  'consent',
  'auditing',
  'license',
  'file',
  'teams',
  'copilot',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

interface KindFacts {
  /** `Operation` as Microsoft writes it, without the full stop at the end of those of Entra. */
  readonly operations: readonly string[];
  /** Other services use these words too: only where the record's Workload is this one, or not stated. */
  readonly workload?: string;
  /** What such a record proves. */
  readonly proves: string;
  /** What it does not show, or why its absence proves nothing; null: nothing is known. */
  readonly blindSpot: string | null;
}

/** Microsoft's documentation of the audit log, unless said (`joins.md`, Other operations). */
const KIND_FACTS: Readonly<Record<EventKind, KindFacts>> = {
  sent: {
    operations: ['Send', 'SendAs', 'SendOnBehalf'],
    workload: 'Exchange',
    proves: 'A message was sent from the mailbox.',
    blindSpot: 'A reply or a forward is not told from a new message.',
  },
  deleted: {
    operations: ['SoftDelete', 'HardDelete', 'MoveToDeletedItems'],
    workload: 'Exchange',
    proves: 'Items were deleted or moved to Deleted Items; it does not prove that they were read.',
    blindSpot: null,
  },
  moved: {
    operations: ['Move', 'Copy'],
    workload: 'Exchange',
    proves: 'Items were moved or copied to another folder; it does not prove that they were read.',
    blindSpot: null,
  },
  created: {
    operations: ['Create'],
    workload: 'Exchange',
    proves: 'An item was made in the mailbox: a draft, a calendar entry or an imported message.',
    blindSpot: null,
  },
  changed: {
    operations: ['Update'],
    workload: 'Exchange',
    proves: 'An item was changed; it does not prove that it was read.',
    blindSpot: null,
  },
  searched: {
    operations: [
      'SearchQueryInitiatedExchange',
      'SearchQueryInitiatedSharePoint',
      'SearchQueryInitiated',
    ],
    proves: 'A search was made; not what it found or what of that was opened.',
    blindSpot:
      'Searches are not logged unless switched on for the mailbox: that there are none proves nothing.',
  },
  attachment: {
    operations: ['AttachmentAccess'],
    workload: 'Exchange',
    proves:
      'An attachment was accessed, as the record states it; its fields are shown as they are.',
    blindSpot:
      'What AttachmentAccess leaves out is not documented: that there is none proves nothing.',
  },
  rule: {
    operations: [
      'New-InboxRule',
      'Set-InboxRule',
      'Enable-InboxRule',
      'Disable-InboxRule',
      'Remove-InboxRule',
      'UpdateInboxRules',
    ],
    proves: 'An inbox rule was made, changed, switched or removed.',
    blindSpot: 'UpdateInboxRules does not say what the rule does: its content is not known.',
  },
  forwarding: {
    operations: ['Set-Mailbox'],
    proves: 'Settings of a mailbox were changed; forwarding only where a parameter names it.',
    blindSpot: null,
  },
  permission: {
    operations: [
      'Add-MailboxPermission',
      'Remove-MailboxPermission',
      'Add-RecipientPermission',
      'Remove-RecipientPermission',
      'Add-MailboxFolderPermission',
      'Set-MailboxFolderPermission',
      'Remove-MailboxFolderPermission',
      'AddFolderPermissions',
      'ModifyFolderPermissions',
      'RemoveFolderPermissions',
      'UpdateCalendarDelegation',
    ],
    proves: 'Who may read or send from then on was changed; not that anybody did.',
    blindSpot: null,
  },
  consent: {
    operations: [
      'Consent to application',
      'Add service principal',
      'Add service principal credentials',
      'Add app role assignment to service principal',
      'Add app role assignment grant to user',
      'Add delegated permission grant',
      'Add OAuth2PermissionGrant',
    ],
    proves: 'An application was added or given rights; not that it read anything.',
    blindSpot: null,
  },
  auditing: {
    operations: ['Set-MailboxAuditBypassAssociation', 'Set-AdminAuditLogConfig'],
    proves: 'What is logged from then on was changed.',
    blindSpot: 'Where auditing was switched off, the log is silent about what came after.',
  },
  license: {
    operations: ['Change user license'],
    proves: 'The licences of a user were changed; what is logged depends on them.',
    blindSpot: null,
  },
  file: {
    operations: [
      'FileAccessed',
      'FileAccessedExtended',
      'FilePreviewed',
      'FileDownloaded',
      'FileSyncDownloadedFull',
      'FileSyncDownloadedPartial',
    ],
    proves: 'A file in SharePoint or OneDrive was opened, previewed or downloaded.',
    blindSpot: 'SharePoint leaves out the same file by the same person for five minutes.',
  },
  teams: {
    operations: [
      'MessagesListed',
      'MessageRead',
      'MessageSent',
      'MessageUpdated',
      'MessageDeleted',
      'MessagesExported',
      'MessageHostedContentRead',
      'MessageHostedContentsListed',
      'ChatRetrieved',
      'ChatCreated',
    ],
    proves: 'Teams messages were read, sent or changed, as the operation says.',
    blindSpot: 'Reading Teams messages is logged only where it was done through Graph.',
  },
  copilot: {
    operations: ['CopilotInteraction'],
    proves: 'Copilot was asked; the resources are those it names.',
    blindSpot:
      "Copilot's reading of mail is not proved: whether it makes MailItemsAccessed records is not known.",
  },
};

const plain = (operation: string): string => operation.trim().replace(/\.$/, '').toLowerCase();

const KIND_OF_OPERATION: ReadonlyMap<string, EventKind> = new Map(
  EVENT_KINDS.flatMap((kind) =>
    KIND_FACTS[kind].operations.map((operation) => [plain(operation), kind] as const),
  ),
);

const FORWARDING = /^(forwarding|delivertomailboxandforward)/;
const AUDITING = /^(audit|defaultauditset)/;
const PERMISSION = /^grantsendonbehalfto/;

/**
 * Set-Mailbox changes dozens of settings: by the names of its parameters, in the order in which they
 * matter. null: none of ours. Without any parameters the content is unknown, and it is kept.
 */
const kindOfSetMailbox = (parameters: readonly string[]): EventKind | null => {
  const names = parameters.map((name) => name.toLowerCase());
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (names.length === 0 || has(FORWARDING)) return 'forwarding';
  if (has(AUDITING)) return 'auditing';
  return has(PERMISSION) ? 'permission' : null;
};

/** What an operation is about; null: it is none of those kept. `parameters`: the names it states. */
export const kindOfEvent = (
  operation: string,
  workload: string | null,
  parameters: readonly string[],
): EventKind | null => {
  const kind = KIND_OF_OPERATION.get(plain(operation)) ?? null;
  if (kind === null) return null;
  const only = KIND_FACTS[kind].workload;
  if (only !== undefined && workload !== null && workload.toLowerCase() !== only.toLowerCase())
    return null;
  return kind === 'forwarding' ? kindOfSetMailbox(parameters) : kind;
};
