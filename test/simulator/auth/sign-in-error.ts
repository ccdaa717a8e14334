import { randomUUID } from 'node:crypto';
import type { TenantAnswer } from '../http/exchange.ts';

interface Told {
  readonly error: string;
  readonly text: string;
  readonly status?: number;
  readonly suberror?: string;
}

/** What the authority says, by AADSTS number. */
const TEXTS = {
  28000: {
    error: 'invalid_request',
    text: 'Provided value for the input parameter scope is not valid because it contains more than one resource.',
  },
  50173: {
    error: 'invalid_grant',
    text: 'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    suberror: 'bad_token',
  },
  53003: {
    error: 'invalid_grant',
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    suberror: 'message_only',
  },
  65001: {
    error: 'invalid_grant',
    text: 'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
    suberror: 'consent_required',
  },
  70000: { error: 'invalid_grant', text: 'Provided grant is invalid or malformed.' },
  70003: { error: 'unsupported_grant_type', text: 'The app requested an unsupported grant type.' },
  70011: {
    error: 'invalid_scope',
    text: 'The provided value for the input parameter scope is not valid.',
  },
  70016: {
    error: 'authorization_pending',
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  70018: {
    error: 'authorization_declined',
    text: 'The end user declined the authorization request of the device code flow.',
  },
  70020: {
    error: 'expired_token',
    text: "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
  },
  90002: {
    error: 'invalid_request',
    text: 'Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.',
  },
  90014: { error: 'invalid_request', text: 'The required field is missing from the request.' },
  90033: {
    error: 'temporarily_unavailable',
    text: 'A transient error has occurred. Please try again.',
    status: 503,
  },
  501481: {
    error: 'invalid_grant',
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  700016: {
    error: 'unauthorized_client',
    text: 'Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant.',
  },
  700027: {
    error: 'invalid_client',
    text: 'The certificate with identifier used to sign the client assertion is not registered on application, or its signature is not valid.',
    status: 401,
  },
  7000215: {
    error: 'invalid_client',
    text: 'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
    status: 401,
  },
  7000218: {
    error: 'invalid_client',
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    status: 401,
  },
} as const satisfies Record<number, Told>;

export type AuthenticationErrorNumber = keyof typeof TEXTS;

/** Thrown inside the authority; becomes the answer. */
export class AuthenticationRefused extends Error {
  readonly number: AuthenticationErrorNumber;
  constructor(number: AuthenticationErrorNumber) {
    super(`AADSTS${number}`);
    this.number = number;
  }
  get oauthError(): string {
    return TEXTS[this.number].error;
  }
  get description(): string {
    return `AADSTS${this.number}: ${TEXTS[this.number].text}`;
  }
}

export const signInError = ({ number }: AuthenticationRefused, now: number): TenantAnswer => {
  const { error, text, status, suberror }: Told = TEXTS[number];
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status: status ?? 400,
    body: {
      error,
      error_description: `AADSTS${number}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [number],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      ...(suberror ? { suberror } : {}),
    },
  };
};
