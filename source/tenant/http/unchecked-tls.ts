import { Problem } from '../../domain/problem.ts';
import { type Cloud, isLoopback } from '../clouds.ts';
import type { Variables } from './proxy.ts';

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
