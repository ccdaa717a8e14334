/** microsoft: its own; tool: a tool of administrators that others misuse; abused: seen in break-ins. */
export const KNOWN_KINDS = ['microsoft', 'tool', 'abused'] as const;

/** What is publicly known of an application. */
export interface KnownApplication {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof KNOWN_KINDS)[number];
  readonly note: string;
  readonly source: string;
  /** When it was looked up, ISO date. */
  readonly at: string;
}

const MICROSOFT = {
  kind: 'microsoft',
  note: '',
  source:
    'Microsoft Learn, "Verify first-party Microsoft applications in sign-in reports"; audit samples',
  at: '2026-11-24',
} as const;

const TOOL = {
  kind: 'tool',
  source: 'Microsoft Learn, "Verify first-party Microsoft applications in sign-in reports"',
  at: '2026-11-24',
} as const;

const ABUSED = {
  kind: 'abused',
  source: 'Huntress Labs, Rogue Apps (github.com/huntresslabs/rogueapps)',
  at: '2026-11-24',
} as const;

/** Applications by which mail is read or administered; a hint, which ages. Presence proves no guilt. */
export const KNOWN_APPLICATIONS: readonly KnownApplication[] = [
  { ...MICROSOFT, id: '00000002-0000-0ff1-ce00-000000000000', name: 'Exchange Online' },
  { ...MICROSOFT, id: '00000003-0000-0000-c000-000000000000', name: 'Microsoft Graph' },
  { ...MICROSOFT, id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', name: 'Microsoft Office' },
  { ...MICROSOFT, id: '27922004-5251-4030-b22d-91ecd9a37ea4', name: 'Outlook Mobile' },
  { ...MICROSOFT, id: '5d661950-3475-41cd-a2c3-d671a3162bc1', name: 'Microsoft Outlook (new)' },
  { ...MICROSOFT, id: '9199bf20-a13f-4107-85dc-02114787ef48', name: 'One Outlook Web' },
  { ...MICROSOFT, id: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', name: 'Microsoft Teams' },
  { ...MICROSOFT, id: 'e9b154d0-7658-433b-bb25-6b8e0a8a7c59', name: 'Outlook Lite' },
  {
    ...TOOL,
    id: '29d9ed98-a469-4536-ade2-f981bc1d605e',
    name: 'Microsoft Authentication Broker',
    note: 'registers devices; phished tokens are often of it',
  },
  {
    ...TOOL,
    id: '1b730954-1685-4b74-9bfd-dac224a7b894',
    name: 'Azure Active Directory PowerShell',
    note: 'used in password sprays',
  },
  {
    ...TOOL,
    id: '1950a258-227b-4e31-a9cf-717495945fc2',
    name: 'Microsoft Azure PowerShell',
    note: 'administration',
  },
  {
    ...TOOL,
    id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    name: 'Microsoft Azure CLI',
    note: 'administration',
  },
  {
    ...TOOL,
    id: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    name: 'Microsoft Graph Command Line Tools',
    note: 'reads mail where it was consented to',
  },
  {
    ...TOOL,
    id: 'de8bc8b5-d9f9-48b1-a8ad-b748da725064',
    name: 'Graph Explorer',
    note: 'reads mail where it was consented to',
  },
  {
    ...TOOL,
    id: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
    name: 'Microsoft Exchange REST API Based PowerShell',
    note: 'rules, forwarding and permissions',
  },
  {
    ...TOOL,
    id: 'aebc6443-996d-45c2-90f0-388ff96faa56',
    name: 'Visual Studio Code',
    note: 'a client id that phishing with device codes uses',
  },
  {
    ...ABUSED,
    id: 'e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd',
    name: 'eM Client',
    note: 'an email client; copies whole mailboxes',
  },
  {
    ...ABUSED,
    id: 'ff8d92dc-3d82-41d6-bcbd-b9174d163620',
    name: 'PerfectData Software',
    note: 'exports whole mailboxes',
  },
  {
    ...ABUSED,
    id: '2ef68ccc-8a4d-42ff-ae88-2d7bb89ad139',
    name: 'Mail_Backup',
    note: 'exports whole mailboxes',
  },
  {
    ...ABUSED,
    id: 'a245e8c0-b53c-4b67-9b45-751d1dff8e6b',
    name: 'Newsletter Software SuperMailer',
    note: 'sends mail in bulk',
  },
  {
    ...ABUSED,
    id: 'b15665d9-eda6-4092-8539-0eec376afd59',
    name: 'rclone',
    note: 'copies files from cloud storage',
  },
  {
    ...ABUSED,
    id: 'a43e5392-f48b-46a4-a0f1-098b5eeb4757',
    name: 'CloudSponge',
    note: 'copies contacts',
  },
  {
    ...ABUSED,
    id: 'caffae8c-0882-4c81-9a27-d1803af53a40',
    name: 'SigParser',
    note: 'copies contacts out of signatures',
  },
];

const BY_ID: ReadonlyMap<string, KnownApplication> = new Map(
  KNOWN_APPLICATIONS.map((one) => [one.id, one]),
);

/** `id`: of an application, in any case. */
export const knownApplication = (id: string): KnownApplication | null =>
  BY_ID.get(id.trim().toLowerCase()) ?? null;
