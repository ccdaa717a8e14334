/** What a container cannot carry of a record, as data, so that a test can compare without it. */
export const LOSSES = [
  /** The three fields a session id may stand in. */
  'SessionId',
  'AADSessionId',
  'DeviceProperties',
  /** All FolderItems: binds must be marked *items missing*. */
  'items',
  /** Items beyond the first row's number of folders and of items in each. */
  'itemsBeyondFirstRow',
  'OperationCount',
  'OperationProperties',
  'DeviceId',
  /** Letters beyond ASCII became question marks. */
  'nonAscii',
  /** Other operations: the container holds MailItemsAccessed alone. */
  'otherOperations',
] as const;
export type Loss = (typeof LOSSES)[number];
