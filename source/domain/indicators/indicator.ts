import { type AddressRange, readAddressRange, rangeHolds } from '../addresses/address-range.ts';
import { isServiceAddress } from '../addresses/service-address.ts';
import type { Verdict } from '../sessions/session.ts';

/** Something known of an intruder: an address, a network, an id, or part of a client string. */
export interface Indicator {
  /** As it was written. */
  readonly text: string;
  readonly note: string;
}

/** By what of a context an indicator was met. */
export const MET_BY = ['address', 'session', 'token', 'application', 'device', 'client'] as const;
export type MetBy = (typeof MET_BY)[number];

/** What of a context indicators are held against; null: not stated. */
export interface Indicated {
  readonly sessionIds: readonly string[];
  readonly address: string | null;
  readonly appId: string | null;
  readonly clientAppId: string | null;
  readonly deviceId: string | null;
  readonly clientInfo: string | null;
  readonly tokens: readonly string[];
}

/** Contexts that an indicator meets, by verdict. */
export interface IndicatorMatch {
  readonly indicator: Indicator;
  readonly by: readonly MetBy[];
  readonly sessions: number;
  readonly contexts: Readonly<Record<Verdict | 'open', number>>;
}

/** Part of a client string that is shorter than this would meet nearly everything. */
const SHORTEST_CLIENT = 4;

/** Why a text can be no indicator; null: it can. */
export const indicatorProblem = (text: string): string | null => {
  if (text.includes('/') && /^[\da-f.:]+\/\d+$/i.test(text)) {
    const range = readAddressRange(text);
    return 'problem' in range ? range.problem : null;
  }
  return text.trim().length < SHORTEST_CLIENT
    ? `"${text}" is too short: it would meet nearly everything.`
    : null;
};

interface Prepared {
  readonly indicator: Indicator;
  readonly range: AddressRange | null;
  /** Without case. */
  readonly text: string;
}

const same = (value: string | null, text: string): boolean => value?.toLowerCase() === text;

const isMetBy = ({ range, text }: Prepared, of: Indicated): readonly MetBy[] => {
  const met: MetBy[] = [];
  if (range !== null && rangeHolds(range, of.address)) met.push('address');
  if (of.sessionIds.some((id) => same(id, text))) met.push('session');
  if (of.tokens.some((token) => same(token, text))) met.push('token');
  if (same(of.appId, text) || same(of.clientAppId, text)) met.push('application');
  if (same(of.deviceId, text)) met.push('device');
  if (of.clientInfo?.toLowerCase().includes(text) === true) met.push('client');
  return met;
};

/** Indicators, ready to be held against many contexts. */
export class Indicators {
  readonly #prepared: readonly Prepared[];

  constructor(indicators: readonly Indicator[]) {
    this.#prepared = indicators.map((indicator) => {
      const range = readAddressRange(indicator.text);
      return {
        indicator,
        range: 'problem' in range ? null : range,
        text: indicator.text.trim().toLowerCase(),
      };
    });
  }

  /**
   * Which of them this context meets. The service's own address is met only by its exact address:
   * behind REST it is a proxy, not the actor (`domain.md` 9).
   */
  metBy(of: Indicated): readonly (readonly [Indicator, readonly MetBy[]])[] {
    return this.#prepared.flatMap((one) => {
      const by = isMetBy(one, of).filter(
        (what) =>
          what !== 'address' || one.range?.of === 'address' || !isServiceAddress(of.address),
      );
      return by.length === 0 ? [] : [[one.indicator, by] as const];
    });
  }
}
