import { createHash, randomBytes } from 'node:crypto';
import type { AuthorizationStandIn } from './authorization-handles.ts';
import { authenticate } from './client-authentication.ts';
import type { ClientId } from './clients.ts';

/** What an endpoint of the stand-in answered. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty when the body is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Form = Readonly<Record<string, string>>;

/** Posts a form as a client does, by the protocol itself; `secret` default: the right one. */
export const post = async (
  server: AuthorizationStandIn,
  path: string,
  fields: Form,
  { client = server.clientId, secret }: { readonly client?: ClientId; readonly secret?: string } = {},
): Promise<RawAnswer> => {
  const form = new URLSearchParams(fields);
  const headers = authenticate(client, secret ?? server.secretOf(client), form);
  const answer = await fetch(server.url + path, { method: 'POST', headers, body: form });
  return { status: answer.status, headers: answer.headers, body: parse(await answer.text()) };
};

const parse = (text: string): Readonly<Record<string, unknown>> =>
  text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};

export interface RawLogin {
  readonly authorizationUrl: string;
  /** What the code is exchanged with, beside itself. */
  readonly exchange: Form;
}

/** A login as a well-behaved client begins it; `changes` outweigh its parameters. */
export const beginLogin = (server: AuthorizationStandIn, redirectUri: string, changes: Form = {}): RawLogin => {
  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    client_id: server.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile offline_access pokemon:read ci:read',
    resource: server.audience,
    prompt: 'consent',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const exchange = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier };
  return {
    authorizationUrl: `${server.url}/auth?${new URLSearchParams(parameters)}`,
    exchange: { ...exchange, resource: server.audience },
  };
};

/** The claims of a JWT, unverified. */
export const claimsOf = (token: unknown): Record<string, unknown> => part(token, 1);
export const headerOf = (token: unknown): Record<string, unknown> => part(token, 0);

const part = (token: unknown, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>;
