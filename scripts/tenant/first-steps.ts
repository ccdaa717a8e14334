import type { Tenant } from '../../test/simulator/start-tenant.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../test/simulator/tenant-options.ts';

export interface FirstSteps {
  readonly cloudFile: string;
  /** Folder for the case that the commands make. */
  readonly caseFolder: string;
  /** Minutes until an audit query has its answer. */
  readonly minutes: number;
  readonly approval: string;
}

/** Whoever's mailbox was read most by others is the one to begin with. */
const victimOf = ({ content }: Tenant): string => {
  const counts = new Map<string, number>();
  for (const { entry } of content.rows)
    if (entry.kind === 'access' && entry.by.who !== 'owner')
      counts.set(entry.mailbox.upn, (counts.get(entry.mailbox.upn) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? content.plan.company.mailboxes[0]?.upn ?? '';
};

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** What a newcomer types in another terminal. */
export const firstSteps = (tenant: Tenant, steps: FirstSteps): readonly string[] => {
  const { plan, records } = tenant.content;
  const to = `${dayOf(plan.start + plan.days * 86_400)}T00:00:00Z`;
  const period = `--from ${dayOf(plan.start)}T00:00:00Z --to ${to}`;
  const { cloudFile, caseFolder, minutes } = steps;
  return [
    `A pretend tenant, ${plan.company.name} (${tenant.domain}), with ${records.length} invented audit records.`,
    `  sign-in    ${tenant.cloud.authority}`,
    `  Graph      ${tenant.cloud.graph}`,
    `  management ${tenant.cloud.management}`,
    `  cloud file ${cloudFile}`,
    '',
    'In another terminal:',
    '',
    `  export MIA_CLOUD='${cloudFile}' MIA_TENANT=${tenant.tenantId} MIA_CLIENT_ID=${CLIENT_ID}`,
    `  mia sign-in`,
    `  mia fetch --user ${victimOf(tenant)} ${period} --case '${caseFolder}'`,
    `  mia fetch --sign-ins --case '${caseFolder}'`,
    `  mia --case '${caseFolder}'`,
    '',
    'As the application itself, without anybody to approve it:',
    '',
    `  MIA_CLIENT_SECRET=${CLIENT_SECRET} mia sign-in --method client-secret`,
    '',
    `An audit query takes ${minutes} minute${minutes === 1 ? '' : 's'} here. ${steps.approval} Ctrl-C ends the tenant.`,
    '',
  ];
};
