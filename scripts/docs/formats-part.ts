import type { Format } from '../../source/formats/format.ts';

const listed = (formats: readonly Format[], kind: Format['kind']): string =>
  formats
    .filter((format) => format.kind === kind)
    .map(({ title }) => `- ${title}`)
    .toSorted()
    .join('\n');

/** What can be read, from the registry. */
export const formatsPart = (formats: readonly Format[]): string =>
  [
    '**Audit records** (MailItemsAccessed; operations that tell what else was done are kept as side events, others are counted)',
    listed(formats, 'audit'),
    '**Message traces** (subject, sender, recipients)',
    listed(formats, 'trace'),
    '**Sign-in logs** (which application, device, method and place opened a session)',
    listed(formats, 'signIns'),
  ].join('\n\n');
