import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { startTenant } from './start-tenant.ts';
import type { Tenant } from './start-tenant.ts';
import { ALL_PERMISSIONS } from './tenant-options.ts';
import type { TenantOptions } from './tenant-options.ts';

/** An answer, read to its end. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly body: Fields;
}

/** JSON, by name or position down to a value, which `String` or `assert.equal` makes sense of. */
export interface Fields {
  readonly [name: string]: Fields;
}

export const nextLinkOf = (body: Fields): string | undefined =>
  body['@odata.nextLink'] as unknown as string | undefined;

/** The rows of an answer. */
export const valuesOf = (body: Fields): readonly Fields[] =>
  body['value'] as unknown as readonly Fields[];

export interface Asking {
  readonly tenant: Tenant;
  /** Paths below the Graph host, or whole addresses. */
  readonly get: (address: string, init?: RequestInit) => Promise<Answered>;
  readonly post: (address: string, body: unknown, init?: RequestInit) => Promise<Answered>;
  /** All values of a list, page after page. */
  readonly all: (address: string) => Promise<readonly Fields[]>;
  /** Another token for the next questions. */
  readonly use: (token: string | null) => void;
}

const readJson = (text: string): Fields => {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return undefined as unknown as Fields;
  }
};

export const read = async (response: Response): Promise<Answered> => {
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, body: readJson(text) };
};

/** A tenant that ends with the test, asked by an application that may do everything. */
export const askTenant = async (t: TestContext, options: TenantOptions = {}): Promise<Asking> => {
  const tenant = await startTenant(options);
  t.after(() => tenant.stop());
  let token: string | null = tenant.tokenFor([...ALL_PERMISSIONS, 'Mail.ReadBasic.All']);
  const ask = async (address: string, init: RequestInit = {}): Promise<Answered> => {
    const url = address.startsWith('http') ? address : `${tenant.cloud.graph}${address}`;
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    return read(await fetch(url, { redirect: 'manual', ...init, headers }));
  };
  return {
    tenant,
    get: ask,
    post: (address, body, init = {}) =>
      ask(address, { ...init, method: 'POST', body: JSON.stringify(body) }),
    all: async (address) => {
      const values: Fields[] = [];
      for (let next: string | undefined = address; next !== undefined;) {
        const { status, body }: Answered = await ask(next);
        assert.equal(status, 200, next);
        values.push(...valuesOf(body));
        next = nextLinkOf(body);
      }
      return values;
    },
    use: (other) => {
      token = other;
    },
  };
};
