import { seededRandom } from '../../scripts/generator/random.ts';
import type { Random } from '../../scripts/generator/random.ts';
import type { FaultName } from './fault-list.ts';

export interface FaultOptions {
  /** How often at most; default once. */
  readonly times?: number;
  /** Of each time it could strike; default 1. */
  readonly probability?: number;
  /** Let it pass so often first. */
  readonly skip?: number;
  /** Only requests of which `METHOD /path?query` matches. */
  readonly only?: RegExp;
  /** Seconds, for faults with Retry-After; default 10. */
  readonly retryAfter?: number;
}

/** What a service asks: does this strike here? */
export interface FaultSite {
  readonly strikes: (name: FaultName, request: string) => boolean;
  readonly retryAfter: (name: FaultName) => number;
  readonly random: Random;
}

/** What a test does with faults. */
export interface Faults extends FaultSite {
  readonly inject: (name: FaultName, options?: FaultOptions) => void;
  readonly clear: (name?: FaultName) => void;
  /** How often it has struck. */
  readonly struck: (name: FaultName) => number;
}

interface Injected {
  readonly options: FaultOptions;
  left: number;
  skip: number;
}

export const faultsFrom = (seed: number): Faults => {
  const random = seededRandom(seed);
  const injected = new Map<FaultName, Injected>();
  const counts = new Map<FaultName, number>();
  return {
    random,
    inject: (name, options = {}) => {
      injected.set(name, { options, left: options.times ?? 1, skip: options.skip ?? 0 });
    },
    clear: (name) => {
      if (name === undefined) injected.clear();
      else injected.delete(name);
    },
    struck: (name) => counts.get(name) ?? 0,
    retryAfter: (name) => injected.get(name)?.options.retryAfter ?? 10,
    strikes: (name, request) => {
      const fault = injected.get(name);
      if (!fault || fault.left <= 0 || fault.options.only?.test(request) === false) return false;
      if (fault.options.probability !== undefined && !random.chance(fault.options.probability))
        return false;
      if (fault.skip > 0) {
        fault.skip -= 1;
        return false;
      }
      fault.left -= 1;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return true;
    },
  };
};
