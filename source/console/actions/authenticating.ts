/** What is to be done in the tenant: what is not known for it is asked first, one thing after the other. */
import { refuse, openPrompt } from '../prompts.ts';
import { unless, type Actions, type Action, always } from './action.ts';
import { isGuid, isTenantName } from '../../domain/guid.ts';
import { keyOf } from '../keys/bindings.ts';
import type { ConsoleState, Prompt } from '../state.ts';
import { type Transition, say, step } from '../transition.ts';
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
const goOn = (state: ConsoleState, walk: AuthenticationWizard): Transition => {
  const { action, signIn } = walk;
  const before = state.signIn;
  if (signIn.tenant === null)
    return step(openPrompt(state, { for: 'tenant', walk }, before.tenant ?? ''));
  if (signIn.clientId === null)
    return step(openPrompt(state, { for: 'client-id', walk }, before.clientId ?? ''));
  if (signIn.method === null) return step({ ...state, asking: { asking: 'method', walk } });
  const ready = { ...state, asking: null };
  switch (action.action) {
    case 'fetch':
      return startFetch(ready, action.request, signIn);
    case 'lookup':
      return startLookup(ready, action, signIn);
    case 'sign-in':
      return signInChosen(ready, signIn);
  }
};

const signInChosen = (
  state: ConsoleState,
  chosenAuthentication: AuthenticationChoice,
): Transition => {
  const where = `${chosenAuthentication.tenant ?? ''} with ${chosenAuthentication.clientId ?? ''}`;
  const text = `${keyOf('fetch')} or ${keyOf('lookup')} signs in anew, to ${where}`;
  return step(say({ ...state, chosenAuthentication }, text), { effect: 'forget-sign-in' });
};

/** How to sign in, as far as it is known. */
const knownAuthentication = ({
  chosenAuthentication,
  tenant,
}: ConsoleState): AuthenticationChoice =>
  choiceOver(chosenAuthentication, tenant?.stated ?? NO_CHOICE);

export const runTenantAction = (state: ConsoleState, action: TenantAction): Transition =>
  goOn(state, { action, signIn: knownAuthentication(state) });

/** Asks for all of it once more; each question begins with what was typed, or is known. */
export const changeAuthentication = (state: ConsoleState): Transition =>
  goOn(
    { ...state, signIn: choiceOver(state.signIn, knownAuthentication(state)) },
    { action: { action: 'sign-in' }, signIn: NO_CHOICE },
  );

/** With one more thing known; it is offered again where the sign-in fails. */
const goOnWith = (
  state: ConsoleState,
  walk: AuthenticationWizard,
  one: Partial<AuthenticationChoice>,
): Transition =>
  goOn(
    { ...state, signIn: { ...state.signIn, ...one } },
    { ...walk, signIn: { ...walk.signIn, ...one } },
  );

export const acceptTenant = (
  state: ConsoleState,
  prompt: Prompt,
  walk: AuthenticationWizard,
): Transition => {
  const tenant = prompt.text.trim();
  return isTenantName(tenant)
    ? goOnWith(state, walk, { tenant: tenant.toLowerCase() })
    : refuse(state, prompt, `type the tenant's id or one of its domains: contoso.onmicrosoft.com`);
};

export const acceptClientId = (
  state: ConsoleState,
  prompt: Prompt,
  walk: AuthenticationWizard,
): Transition => {
  const clientId = prompt.text.trim();
  return isGuid(clientId)
    ? goOnWith(state, walk, { clientId: clientId.toLowerCase() })
    : refuse(
        state,
        prompt,
        'it is the "Application (client) ID" of the app registration, 8-4-4-4-12 digits; the README says how to register one',
      );
};

const chooseMethod = (state: ConsoleState, method: string): Transition =>
  state.asking?.asking === 'method' ? goOnWith(state, state.asking.walk, { method }) : step(state);

export const authenticating = {
  'sign-in': unless(cannotAuthenticate, (state) =>
    step(state, { effect: 'ask-tenant', then: { use: 'change-sign-in' } }),
  ),
  'method-device': method('device-code'),
  'method-browser': method('browser'),
  'method-secret': method('client-secret'),
  'method-certificate': method('client-certificate'),
} satisfies Actions;
