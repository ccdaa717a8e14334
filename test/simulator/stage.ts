import type { Faults } from './faults.ts';
import type { Registration, Settings } from './tenant-options.ts';
import type { TenantCase } from './tenant-case.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Somebody who can sign in. */
export interface Person {
  readonly upn: string;
  readonly name: string;
  readonly objectId: string;
}

/** What all services stand on. */
export interface Stage {
  readonly seed: number;
  readonly settings: Settings;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly content: TenantCase;
  readonly tenantId: string;
  readonly domain: string;
  readonly registrations: readonly Registration[];
  readonly analyst: Person;
  readonly people: readonly Person[];
  /** Known once all three listen. */
  readonly origins: () => Origins;
  /** Tokens and codes handed out, to be searched for where they must not be. */
  readonly secrets: Set<string>;
}

export interface Origins {
  readonly authority: string;
  readonly graph: string;
  readonly management: string;
}
