import { BASE64 } from './random.ts';
import type { Random } from './random.ts';

/** What a folder is for, whatever it is called. */
export type FolderRole = 'inbox' | 'sent' | 'drafts' | 'deleted' | 'archive' | 'project';

export interface Folder {
  readonly role: FolderRole;
  readonly id: string;
  /** As Bind records spell it. */
  readonly path: string;
  /** Its last part, as Sync records spell it. */
  readonly name: string;
}

export const LANGUAGES = ['en', 'nl', 'fr', 'de', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

const ROLES: readonly FolderRole[] = ['inbox', 'sent', 'drafts', 'deleted', 'archive', 'project'];
const PATHS: { readonly [language in Language]: readonly string[] } = {
  en: ['\\Inbox', '\\Sent Items', '\\Drafts', '\\Deleted Items', '\\Archive', '\\Inbox\\Projects'],
  nl: [
    '\\Postvak IN',
    '\\Verzonden items',
    '\\Concepten',
    '\\Verwijderde items',
    '\\Archief',
    '\\Postvak IN\\Financiën',
  ],
  // Without the leading backslash, as some records have it.
  fr: [
    'Boîte de réception',
    '\\Éléments envoyés',
    '\\Brouillons',
    '\\Deleted Items\\Éléments supprimés',
    '\\Archives',
    '\\l\\À traiter',
  ],
  de: [
    '\\Posteingang',
    '\\Gesendete Elemente',
    '\\Entwürfe',
    '\\Gelöschte Elemente',
    '\\Archiv',
    '\\Posteingang\\Verträge',
  ],
  es: [
    '\\Bandeja de entrada',
    '\\Elementos enviados',
    '\\Borradores',
    '\\Elementos eliminados',
    '\\Archivo',
    '\\Año nuevo',
  ],
};

/**
 * Ids as records write them: a length, the 46 bytes of a MAPI entry id, a closing byte, in 64
 * characters of base64. Provider and database are 16 bytes each, the same for a whole mailbox.
 */
export const foldersOf = (language: Language, random: Random): readonly Folder[] => {
  const [provider, database] = [random.text(BASE64, 49), random.text(BASE64, 49)];
  return PATHS[language].map((path, index) => ({
    role: ROLES[index]!,
    id: `LgAAAAD${provider.slice(0, 21)}AQD${database.slice(0, 21)}AAAAAAE${BASE64[index + 8]!}AAAB`,
    path,
    name: path.slice(path.lastIndexOf('\\') + 1),
  }));
};

/** Every mailbox has a folder of each role. */
export const folderOf = (folders: readonly Folder[], role: FolderRole): Folder =>
  folders.find((folder) => folder.role === role)!;
