/** The clouds mia can ask, as data, and one more that a file describes (`--cloud FILE`, $MIA_CLOUD). */
import { readFileSync } from 'node:fs';
import { isObject } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';

/** Hosts are origins: a scheme, a name, perhaps a port, and nothing after them. */
export interface Cloud {
  readonly name: string;
  /** Where tokens come from. */
  readonly authority: string;
  readonly graph: string;
  /** The Management Activity API; null where none is known. */
  readonly management: string | null;
  /** What Microsoft offers there; the rest is not even tried (`tenant.md` 6.5). */
  readonly offers: { readonly auditSearch: boolean; readonly messageTrace: boolean };
  /** Described by a file: its name says nothing to anybody else. */
  readonly fromFile: boolean;
}

const COMMERCIAL = { auditSearch: true, messageTrace: true };
const GOVERNMENT = { auditSearch: false, messageTrace: false };

export const CLOUDS: readonly Cloud[] = [
  {
    name: 'global',
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    management: 'https://manage.office.com',
    offers: COMMERCIAL,
    fromFile: false,
  },
  {
    name: 'gcc',
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    management: 'https://manage-gcc.office.com',
    offers: COMMERCIAL,
    fromFile: false,
  },
  {
    name: 'usgov',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    management: 'https://manage.office365.us',
    offers: GOVERNMENT,
    fromFile: false,
  },
  {
    name: 'dod',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    management: 'https://manage.protection.apps.mil',
    offers: GOVERNMENT,
    fromFile: false,
  },
  {
    name: 'china',
    // The one of its two names for which msal-node needs no discovery.
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    management: null,
    offers: GOVERNMENT,
    fromFile: false,
  },
];

export const cloudNamed = (name: string): Cloud | undefined =>
  CLOUDS.find((cloud) => cloud.name === name);

/** 127.0.0.0/8, ::1 or localhost: what is sent there does not leave the machine. */
export const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

const SHAPE =
  'It holds { "name": …, "authority": "https://…", "graph": "https://…", "management": "https://…" }, hosts without a path.';

const originOf = (file: string, key: string, value: unknown): string => {
  const wrong = (what: string): Problem =>
    new Problem(`The cloud file ${file}: "${key}" ${what}.`, SHAPE);
  if (typeof value !== 'string' || !URL.canParse(value)) throw wrong('is no address');
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') throw wrong('must not hold a name or password');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw wrong('must be a host without a path');
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new Problem(
      `The cloud file ${file}: "${key}" is plain http, which would show tokens to everybody on the way.`,
      'Use https. Plain http is for this machine only (127.0.0.1, ::1, localhost).',
    );
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw wrong('is neither http nor https');
  return url.origin;
};

/** A cloud as a file describes it; `file` is for what is said about it. Problem: it is not usable. */
export const cloudFromText = (text: string, file: string): Cloud => {
  const shown = forTerminal(file);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Problem(`The cloud file ${shown} is not JSON.`, SHAPE);
  }
  if (!isObject(data) || typeof data['name'] !== 'string' || !/^[\w.-]{1,40}$/.test(data['name']))
    throw new Problem(`The cloud file ${shown} names no cloud.`, SHAPE);
  if (cloudNamed(data['name']) !== undefined)
    throw new Problem(
      `The cloud file ${shown} calls itself "${data['name']}", which mia knows already.`,
      'Give it a name of its own, so that a case says clearly where its records are from.',
    );
  const management = data['management'] ?? null;
  return {
    name: data['name'],
    authority: originOf(shown, 'authority', data['authority']),
    graph: originOf(shown, 'graph', data['graph']),
    management: management === null ? null : originOf(shown, 'management', management),
    offers: COMMERCIAL,
    fromFile: true,
  };
};

/** A built-in cloud by its name, or the one that this file describes. */
export const cloudOf = (nameOrFile: string): Cloud => {
  const known = cloudNamed(nameOrFile);
  if (known !== undefined) return known;
  let text: string;
  try {
    text = readFileSync(nameOrFile, 'utf8');
  } catch {
    throw new Problem(
      `There is no cloud "${forTerminal(nameOrFile)}", and no such file to read.`,
      `Use one of ${CLOUDS.map(({ name }) => name).join(', ')}, or the path of a cloud file.`,
    );
  }
  return cloudFromText(text, nameOrFile);
};
