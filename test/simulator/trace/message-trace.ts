import { graphError, json, lineOf, throttled } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { Call, Route } from '../http/routes.ts';
import { once } from '../once.ts';
import { rateWindow } from '../rate-window.ts';
import type { Stage } from '../stage.ts';
import { isoSeconds } from '../virtual-clock.ts';
import { readTraceFilter } from './trace-filter.ts';
import { START_TOO_OLD, tracePeriod } from './trace-period.ts';
import type { TracePrincipal } from './trace-principal.ts';
import { rowMatcher, traceBody, traceRows } from './trace-rows.ts';
import type { TraceRow } from './trace-rows.ts';

const PATH = 'admin/exchange/tracing/messageTraces';
const PERMITS = {
  delegated: ['ExchangeMessageTrace.Read.All'],
  application: ['ExchangeMessageTrace.Read.All'],
};
const SLOW_DOWN = 'Your recent queries have surpassed the permitted limit, please try again later.';
const FIVE_MINUTES = 300_000;

const badRequest = (message: string): TenantAnswer => graphError(400, 'BadRequest', message);

/** 1 to 5000, or null. */
const topOf = (text: string | undefined): number | null => {
  const top = text === undefined ? 1000 : Number(text);
  return Number.isInteger(top) && top >= 1 && top <= 5000 ? top : null;
};

const detailsOf = (row: TraceRow): readonly object[] => {
  const events =
    row.status === 'delivered' ? (['Receive', 'Deliver'] as const) : (['Receive', 'Fail'] as const);
  return events.map((event, index) => ({
    id: row.id,
    messageId: row.messageId,
    dateTime: isoSeconds((row.at + index) * 1000),
    event,
    action: '',
    description: `${event}: ${row.recipientAddress}`,
    data: '<root><MEP Name="ServerHostName" String="AM0PR07MB5763"/></root>',
  }));
};

export interface MessageTrace {
  readonly routes: readonly Route[];
  /** All that left a trace, newest first; those older than 90 days cannot be asked for. */
  readonly rows: readonly TraceRow[];
}

/** Message trace over Graph (`tenant.md` 3). */
export const messageTrace = (stage: Stage, principal: TracePrincipal): MessageTrace => {
  const { clock, faults, settings } = stage;
  const { share, delayMinutes, perFiveMinutes, anyCase, page, reach } = settings.trace;
  const rows = once(() => traceRows(stage.content.plan, share));
  const traces = rateWindow(perFiveMinutes, FIVE_MINUTES, clock.now);
  const details = rateWindow(perFiveMinutes, FIVE_MINUTES, clock.now);

  const list = ({ request, version }: Call): TenantAnswer => {
    const wait = traces.take();
    if (wait !== null) return throttled(SLOW_DOWN, wait / 1000);
    const missing = principal.refusal();
    if (missing) return missing;
    const text = request.query.get('$filter') ?? '';
    const filter = readTraceFilter(text);
    if (!filter) return badRequest('Invalid filter clause.');
    const asked = topOf(request.query.get('$top'));
    if (asked === null) return badRequest('ResultSize is invalid');
    const top = Math.min(asked, page);
    const line = lineOf(request);
    const period = tracePeriod(filter, clock.now(), reach);
    if (typeof period === 'string') return badRequest(period);
    if (faults.strikes('trace-start-too-old', line)) return badRequest(START_TOO_OLD);
    const arrived = (clock.now() - delayMinutes * 60_000) / 1000;
    const matches = rowMatcher(filter, anyCase, ...period);
    const late = faults.strikes('trace-late-rows', line);
    const all = rows();
    const found = all.filter((row) => row.at <= arrived && matches(row));
    const isLate = (row: TraceRow): boolean => late && all.indexOf(row) % 12 === 0;
    const token = request.query.get('$skiptoken');
    // Of an endless list: where it stands, and how often it was there.
    const [from = 0, again = 0] = (token ?? '0').split('-').map(Number);
    const lost = token !== undefined && faults.strikes('trace-next-refused', line);
    if (!Number.isInteger(from) || from < 0 || lost) return badRequest('Invalid Skip Token.');
    const hasNext = from + top < found.length;
    const stays = found.length > 0 && faults.strikes('trace-endless', line);
    const next = stays ? `${from}-${again + 1}` : String(from + top);
    const words = `$filter=${encodeURIComponent(text)}&$top=${top}&$skiptoken=${next}`;
    const isNamed = stays || (hasNext && !faults.strikes('trace-link-missing', line));
    const link = (origin: string): string =>
      isNamed && faults.strikes('trace-next-elsewhere', line) ? 'http://elsewhere.invalid' : origin;
    const root = `${stage.origins().graph}/${version}`;
    return json({
      '@odata.context': `${root}/$metadata#${PATH}`,
      ...(isNamed ? { '@odata.nextLink': `${link(root)}/${PATH}?${words}` } : {}),
      value: found
        .slice(from, from + top)
        .filter((row) => !isLate(row))
        .map(traceBody),
    });
  };

  const detail = ({ version, named }: Call): TenantAnswer => {
    const wait = details.take();
    if (wait !== null) return throttled(SLOW_DOWN, wait / 1000);
    const missing = principal.refusal();
    if (missing) return missing;
    const recipient = (named['recipient'] ?? '').replaceAll("''", "'").toLowerCase();
    const row = rows().find(
      ({ id, recipientAddress }) =>
        id === named['id']?.toLowerCase() && recipientAddress === recipient,
    );
    return json({
      '@odata.context': `${stage.origins().graph}/${version}/$metadata#Collection(microsoft.graph.exchangeMessageTraceDetail)`,
      value: row ? detailsOf(row) : [],
    });
  };

  return {
    get rows() {
      return rows();
    },
    routes: [
      { method: 'GET', path: PATH, permits: PERMITS, run: list },
      {
        method: 'GET',
        path: `${PATH}/{id}/getDetailsByRecipient(recipientAddress='{recipient}')`,
        permits: PERMITS,
        run: detail,
      },
    ],
  };
};
