/** What is to be done in the tenant: what is not known for it is asked first, one thing after the other. */
import { refuse, openPrompt } from '../prompts.ts';
import { unless, type Actions, type Action, always } from './action.ts';
import { isGuid, isTenantName } from '../../domain/guid.ts';
import { keyOf } from '../keys/bindings.ts';
import { type ConsoleState, type Transition, showStatus, transition } from '../state.ts';
import type { Prompt } from '../dialog.ts';
import {
  choiceOver,
  type TenantAction,
  NO_CHOICE,
  type AuthenticationChoice,
  type AuthenticationWizard,
  tenantJobs,
} from '../tenant.ts';
import { startFetch } from './fetch-progress.ts';
import { startLookup } from './looking-up.ts';

const cannotAuthenticate = (state: ConsoleState): string | null => {
  if (state.temporary) return 'the demo has no tenant to sign in to';
  const running = `${keyOf('interrupt')} or ${keyOf('back')} ends it first`;
  return tenantJobs(state).length === 0
    ? null
    : `what runs in the tenant is signed in already: ${running}`;
};

const method = (name: string): Action => always((state) => chooseMethod(state, name));

/** Does it, or asks for what is still missing to sign in. */
const authenticate = (state: ConsoleState, wizard: AuthenticationWizard): Transition => {
  const { action, authentication } = wizard;
  const before = state.authentication;
  if (authentication.tenant === null)
    return transition(openPrompt(state, { for: 'tenant', wizard }, before.tenant ?? ''));
  if (authentication.clientId === null)
    return transition(openPrompt(state, { for: 'client-id', wizard }, before.clientId ?? ''));
  if (authentication.method === null)
    return transition({ ...state, dialog: { dialog: 'method', wizard } });
  const ready = { ...state, dialog: null };
  switch (action.action) {
    case 'fetch':
      return startFetch(ready, action.request, authentication);
    case 'lookup':
      return startLookup(ready, action, authentication);
    case 'authenticate':
      return authenticationChosen(ready, authentication);
  }
};

const authenticationChosen = (
  state: ConsoleState,
  chosenAuthentication: AuthenticationChoice,
): Transition => {
  const where = `${chosenAuthentication.tenant ?? ''} with ${chosenAuthentication.clientId ?? ''}`;
  const text = `${keyOf('fetch')} or ${keyOf('lookup')} signs in anew, to ${where}`;
  return transition(showStatus({ ...state, chosenAuthentication }, text), {
    effect: 'forget-authentication',
  });
};

/** How to sign in, as far as it is known. */
const knownAuthentication = ({
  chosenAuthentication,
  tenant,
}: ConsoleState): AuthenticationChoice =>
  choiceOver(chosenAuthentication, tenant?.stated ?? NO_CHOICE);

export const runTenantAction = (state: ConsoleState, action: TenantAction): Transition =>
  authenticate(state, { action, authentication: knownAuthentication(state) });

/** Asks for all of it once more; each question begins with what was typed, or is known. */
export const changeAuthentication = (state: ConsoleState): Transition =>
  authenticate(
    { ...state, authentication: choiceOver(state.authentication, knownAuthentication(state)) },
    { action: { action: 'authenticate' }, authentication: NO_CHOICE },
  );

/** With one more thing known; it is offered again where the sign-in fails. */
const authenticateWith = (
  state: ConsoleState,
  wizard: AuthenticationWizard,
  one: Partial<AuthenticationChoice>,
): Transition =>
  authenticate(
    { ...state, authentication: { ...state.authentication, ...one } },
    { ...wizard, authentication: { ...wizard.authentication, ...one } },
  );

export const acceptTenant = (
  state: ConsoleState,
  prompt: Prompt,
  wizard: AuthenticationWizard,
): Transition => {
  const tenant = prompt.text.trim();
  return isTenantName(tenant)
    ? authenticateWith(state, wizard, { tenant: tenant.toLowerCase() })
    : refuse(state, prompt, `type the tenant's id or one of its domains: contoso.onmicrosoft.com`);
};

export const acceptClientId = (
  state: ConsoleState,
  prompt: Prompt,
  wizard: AuthenticationWizard,
): Transition => {
  const clientId = prompt.text.trim();
  return isGuid(clientId)
    ? authenticateWith(state, wizard, { clientId: clientId.toLowerCase() })
    : refuse(
        state,
        prompt,
        'it is the "Application (client) ID" of the app registration, 8-4-4-4-12 digits; the README says how to register one',
      );
};

const chooseMethod = (state: ConsoleState, method: string): Transition =>
  state.dialog?.dialog === 'method'
    ? authenticateWith(state, state.dialog.wizard, { method })
    : transition(state);

export const authenticating = {
  authenticate: unless(cannotAuthenticate, (state) =>
    transition(state, { effect: 'ask-tenant', then: { use: 'change-authentication' } }),
  ),
  'method-device': method('device-code'),
  'method-browser': method('browser'),
  'method-secret': method('client-secret'),
  'method-certificate': method('client-certificate'),
} satisfies Actions;
