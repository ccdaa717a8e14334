import { forTerminal } from '../domain/terminal-text.ts';
import { forgetAuthentications } from '../acquire/authenticate/authenticate.ts';
import type { Command } from './command.ts';
import { counted, note, printDocument, printLines, wantsJson } from './report.ts';
import { tenantFlags } from './tenant-flags.ts';

export const signOut: Command = {
  name: 'sign-out',
  summary: 'forgets remembered sign-ins',
  argumentsLine: '',
  details:
    'All of them, or those of one tenant or application. This machine forgets; the tenant is not told.\n' +
    'Where tokens may have been seen by others, an administrator revokes the sessions of the account.',
  flags: ['tenant', 'clientId', 'json'],
  examples: ['mia sign-out', 'mia sign-out --tenant contoso.onmicrosoft.com'],
  run: async (invocation) => {
    const { environment } = invocation;
    const forgotten = forgetAuthentications(environment.variables, tenantFlags(invocation));
    const listed = forgotten.map(({ cloud, tenant, clientId }) => ({ cloud, tenant, clientId }));
    if (wantsJson(invocation))
      await printDocument(environment, 'mia.sign-out/1', [['forgotten', { list: listed }]]);
    else
      await printLines(
        environment,
        listed.map((one) => `forgotten: ${Object.values(one).map(forTerminal).join(' ')}`),
      );
    note(
      environment,
      listed.length === 0
        ? 'No sign-in is remembered here.'
        : `Forgot ${counted(listed.length, 'remembered sign-in')}.`,
    );
    return 0;
  },
};
