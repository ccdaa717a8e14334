import type { Trouble } from './authority-wire.ts';

export type AuthenticationFailureKind =
  | 'declined'
  | 'expired'
  | 'blocked'
  | 'wrong-tenant'
  | 'unknown-client'
  | 'not-public'
  | 'redirect'
  | 'consent'
  | 'secret-wrong'
  | 'secret-expired'
  | 'certificate'
  | 'account'
  | 'assignment'
  | 'again'
  | 'other-service'
  | 'disabled-client'
  | 'passing';

/** Numbers of AADSTS codes; what Microsoft documents under "authentication and authorization error codes". */
const CODES: Readonly<Record<AuthenticationFailureKind, readonly number[]>> = {
  declined: [65004],
  expired: [70018, 70019, 70020],
  blocked: [53000, 53001, 53002, 53003, 53004, 53011, 530032, 530034, 530035, 530036, 50005, 50097],
  'wrong-tenant': [90002, 900021, 900023, 50020, 50059, 90072, 500021],
  'unknown-client': [700016, 700011, 700018],
  'not-public': [7000218, 7000216, 700025],
  redirect: [50011, 500113, 900971],
  consent: [65001, 65005, 90094, 90008, 650056, 650057, 70011, 650053],
  'secret-wrong': [7000215, 7000217],
  'secret-expired': [7000222],
  certificate: [700027, 7000271, 700021, 700023, 7000219, 7000274],
  account: [50034, 50053, 50055, 50056, 50057, 50126, 50144],
  assignment: [50105, 501051],
  again: [
    50173, 50078, 50076, 50079, 50072, 50074, 50133, 50132, 700082, 700084, 70008, 70000, 54005,
    50058, 65002,
  ],
  'other-service': [500011, 650052],
  'disabled-client': [7000112, 7000113],
  passing: [90033, 50196, 90009, 50128],
};

/** These say more than the codes beside them. */
const OAUTH_FIRST: Readonly<Record<string, AuthenticationFailureKind>> = {
  authorization_declined: 'declined',
  expired_token: 'expired',
  bad_verification_code: 'expired',
};

const OAUTH: Readonly<Record<string, AuthenticationFailureKind>> = {
  access_denied: 'declined',
  device_code_expired: 'expired',
  user_timeout_reached: 'expired',
  consent_required: 'consent',
  interaction_required: 'again',
  login_required: 'again',
  invalid_grant: 'again',
  no_tokens_found: 'again',
  refresh_token_expired: 'again',
  temporarily_unavailable: 'passing',
  server_error: 'passing',
};

/** null: none that is known. `msalCode`: msal-node's errorCode. */
export const failureKind = (
  trouble: Trouble | null,
  msalCode: string,
): AuthenticationFailureKind | null => {
  const first = OAUTH_FIRST[trouble?.error ?? ''];
  if (first !== undefined) return first;
  for (const code of trouble?.codes ?? []) {
    const [kind] = Object.entries(CODES).find(([, codes]) => codes.includes(code)) ?? [];
    if (kind !== undefined) return kind as AuthenticationFailureKind;
  }
  return OAUTH[trouble?.error ?? ''] ?? OAUTH[msalCode] ?? null;
};
