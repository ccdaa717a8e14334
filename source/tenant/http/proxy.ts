import { Problem } from '../../domain/problem.ts';
import { type Cloud, isLoopback } from '../clouds.ts';
import type { Fetch } from './transport.ts';

/** The variables of the environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Lower case goes first, as with curl; an empty variable is one that is not set. */
const variable = (variables: Variables, name: string): string =>
  variables[name.toLowerCase()] || variables[name] || '';

const checked = (name: string, address: string): string => {
  if (address === '') return '';
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  if (URL.canParse(full) && /^https?:$/.test(new URL(full).protocol)) return full;
  throw new Problem(
    `${name} is no address of a proxy.`,
    'Write http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT; SOCKS proxies are not supported.',
  );
};

/**
 * fetch by way of the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY),
 * else Node's own. Node's knows no proxy, and does not take the agent of another undici; so undici is
 * loaded, but only where there is a proxy. This machine itself is never asked through one.
 */
export const fetchOf = (variables: Variables): Fetch => {
  const all = variable(variables, 'ALL_PROXY');
  const httpsProxy = checked('HTTPS_PROXY', variable(variables, 'HTTPS_PROXY') || all);
  const httpProxy = checked('HTTP_PROXY', variable(variables, 'HTTP_PROXY') || all);
  const direct: Fetch = (url, init) => fetch(url, init);
  if (httpsProxy === '' && httpProxy === '') return direct;
  const noProxy = variable(variables, 'NO_PROXY');
  let loaded: Promise<Fetch> | null = null;
  const throughProxy = async (): Promise<Fetch> => {
    // The default is there from node_modules and from the bundle; the names are not.
    const { default: undici } = await import('undici');
    const dispatcher = new undici.EnvHttpProxyAgent({ httpProxy, httpsProxy, noProxy });
    return (url, init) => undici.fetch(url, { ...init, dispatcher });
  };
  return async (url, init) => {
    if (isLoopback(new URL(url))) return direct(url, init);
    loaded ??= throughProxy();
    return (await loaded)(url, init);
  };
};

/**
 * With NODE_TLS_REJECT_UNAUTHORIZED=0 Node takes any certificate: anybody on the way could read the
 * sign-in and write the evidence. Nothing but this machine itself is asked like that.
 * @throws Problem
 */
export const refuseUncheckedTls = (variables: Variables, cloud: Cloud): void => {
  if (variables['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  const hosts = [cloud.authority, cloud.graph, cloud.management].filter((host) => host !== null);
  if (hosts.every((host) => isLoopback(new URL(host)))) return;
  throw new Problem(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: no certificate would be checked, and anybody on the way could read the sign-in and forge the answers. Nothing was sent.',
    'Unset it. Where a proxy looks into TLS, put its certificate into a file and name that in NODE_EXTRA_CA_CERTS.',
  );
};
