import type { JsonObject } from '../../domain/json.ts';
import type { Variables } from '../../tenant/http/proxy.ts';
import {
  NO_SIGN_IN_FLAGS,
  type AuthenticationFlags,
  statedAuthentication,
} from '../../tenant/authenticate/settings.ts';

/** What environment and case say of how to sign in, unchecked. `settings`: of case.json. */
export const authenticationStated = (
  variables: Variables,
  settings: JsonObject,
): Omit<AuthenticationFlags, 'cloud'> =>
  statedAuthentication(NO_SIGN_IN_FLAGS, variables, settings);
