import type { WantedToken } from './authorization-handles.ts';
import { authenticate } from './client-authentication.ts';
import type { ClientId } from './clients.ts';
import { ASK_FORMAT, ASK_LIFETIME } from './server-options.ts';

export interface Mint {
  readonly url: string;
  readonly audience: string;
  secretOf(client: ClientId): string;
}

/** See `AuthorizationStandIn.mintToken`. */
export const mintToken = async (mint: Mint, wanted: WantedToken): Promise<string> => {
  const { client = 'robot', scope, audience = mint.audience, lifetimeSeconds, opaque = false } = wanted;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope }),
    ...(audience !== null && { resource: audience }),
  });
  const headers = {
    ...authenticate(client, mint.secretOf(client), form),
    ...(lifetimeSeconds !== undefined && { [ASK_LIFETIME]: `${lifetimeSeconds}` }),
    ...(opaque && { [ASK_FORMAT]: 'opaque' }),
  };
  const answer = await fetch(`${mint.url}/token`, { method: 'POST', headers, body: form });
  if (!answer.ok) throw new Error(`no token for ${client}: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
};
