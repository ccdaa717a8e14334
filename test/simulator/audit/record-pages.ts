import { graphError, json } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { FaultSite } from '../faults.ts';
import type { StoredRecord } from '../tenant-case.ts';
import type { AuditOptions } from '../tenant-options.ts';
import { isChosen } from './audit-query.ts';
import type { AuditQuery } from './audit-query.ts';
import { recordEnvelope } from './envelope.ts';

const THIN_PASS = 81;
const LARGEST_PAGE = 999;

interface SkipToken {
  readonly query: string;
  readonly from: number;
  readonly pass: number;
  readonly issued: number;
  /** How many pages led here. */
  readonly turn?: number;
}

const encodeToken = (token: SkipToken): string =>
  Buffer.from(JSON.stringify(token)).toString('base64url');

const decodeToken = (text: string): SkipToken | null => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as SkipToken;
  } catch {
    return null;
  }
};

export interface PageAsked {
  readonly query: AuditQuery;
  /** `{root}/security/auditLog/queries/{id}/records`, absolute. */
  readonly address: string;
  readonly context: string;
  readonly top: string | undefined;
  readonly token: string | undefined;
  readonly line: string;
  readonly now: number;
}

const badToken = graphError(400, 'BadRequest', 'Invalid Skip Token.');

/** The page's bytes up to a record that cannot be written, then an error, under 200. */
const spoiledPage = (
  context: string,
  records: readonly StoredRecord[],
  poisonedAt: number,
): TenantAnswer => {
  const before = records.slice(0, poisonedAt).map((one) => JSON.stringify(recordEnvelope(one)));
  const { auditData: _, ...head } = recordEnvelope(records[poisonedAt]!);
  const broken = JSON.stringify(head).slice(0, -1);
  const message = `Unexpected Jsontoken. Check response for property value[${poisonedAt}].auditData.Fil`;
  const error = JSON.stringify({ error: { code: 'UnknownError', message } });
  // No nextLink: it would be written after the records, and paging ends here for everybody.
  const text = `{"@odata.context":${JSON.stringify(context)},"value":[${[...before, broken].join(',')}${error}`;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(text) };
};

export interface RecordPages {
  readonly page: (asked: PageAsked) => TenantAnswer;
  /** Ids of records that spoil their page in every query. */
  readonly poisoned: ReadonlySet<string>;
}

export const recordPages = (faults: FaultSite, options: AuditOptions): RecordPages => {
  const poisoned = new Set<string>();

  const startOf = ({ query, token, now, line }: PageAsked): SkipToken | TenantAnswer => {
    if (token === undefined) {
      query.passes += 1;
      if (faults.strikes('audit-pages-differ', line)) query.thinPasses.add(query.passes);
      return { query: query.id, from: 0, pass: query.passes, issued: now };
    }
    const start = decodeToken(token);
    const lifetime = options.nextLinkMinutes;
    const expired =
      faults.strikes('audit-nextlink-expired', line) ||
      (start && lifetime !== null && now - start.issued > lifetime * 60_000);
    return !start || expired || start.query !== query.id ? badToken : start;
  };

  const choosePoison = (query: AuditQuery, records: readonly StoredRecord[], line: string) => {
    if (records.length === 0) return;
    const victim = records[faults.random.below(records.length)]!.id;
    if (faults.strikes('audit-poison-once', line)) query.poisoned.add(victim);
    if (faults.strikes('audit-poison-record', line)) poisoned.add(victim);
  };

  return {
    poisoned,
    page: (asked) => {
      const { query, address, context, line, now } = asked;
      const top = asked.top === undefined ? options.page : Number(asked.top);
      if (!Number.isInteger(top) || top < 1 || top > LARGEST_PAGE)
        return graphError(400, 'BadRequest', `Invalid $top. The maximum is ${LARGEST_PAGE}.`);
      if (faults.strikes('audit-answer-endless', line))
        return { status: 200, body: '{"value":[', cut: 'never' };
      const start = startOf(asked);
      if ('status' in start) return start;
      const all = query.result?.records ?? [];
      const thin = query.thinPasses.has(start.pass);
      const list = thin ? all.filter(({ id }) => !isChosen(id, THIN_PASS, 20)) : all;
      const empty = faults.strikes('audit-empty-page', line);
      const until = empty ? start.from : start.from + top;
      const records = list.slice(start.from, until);
      choosePoison(query, records, line);
      const bad = records.findIndex(({ id }) => poisoned.has(id) || query.poisoned.has(id));
      if (bad >= 0) return spoiledPage(context, records, bad);
      const bare = records.length > 0 && faults.strikes('audit-without-data', line);
      const value = records.map((one) => {
        const { auditData, ...head } = recordEnvelope(one);
        return bare ? head : { ...head, auditData };
      });
      if (faults.strikes('audit-duplicate-ids', line))
        value.push(...value.slice(0, 1 + (value.length >> 3)));
      const words = asked.top === undefined ? '' : `$top=${top}&`;
      const stays = records.length > 0 && faults.strikes('audit-pages-endless', line);
      const hasNext = until < list.length || empty || stays;
      // An endless list: where it stands, and how often it was there.
      const next = encodeToken({
        ...start,
        from: stays ? start.from : until,
        issued: now,
        turn: (start.turn ?? 0) + 1,
      });
      const place =
        hasNext && faults.strikes('audit-next-elsewhere', line)
          ? address.replace(/^http:..[^/]*/u, 'http://elsewhere.invalid')
          : address;
      return json({
        '@odata.context': context,
        '@odata.count': value.length,
        ...(hasNext ? { '@odata.nextLink': `${place}?${words}$skiptoken=${next}` } : {}),
        value,
      });
    },
  };
};
