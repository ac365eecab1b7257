import type { TestApp } from '../../support/create-app.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { probe, type ProbeDefaults } from '../../support/probe.module.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';
import type { AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';

/** An upstream that trusts the authorization server: it answers tokens that are accepted there, and repeats none. */
export const startLedger = async ({ isAccepted }: AuthorizationStandIn): Promise<TokenUpstream> => {
  const upstream = await startTokenUpstream();
  upstream.answer(({ url, headers: { authorization = '' } }) =>
    isAccepted(authorization.replace(/^Bearer /, ''))
      ? { body: JSON.stringify({ entry: url }) }
      : { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: '{}' },
  );
  return upstream;
};

/** Wide enough for a crowd: what is tested is not how many calls get their turn. */
export const ledger = (credential: NonNullable<ProbeDefaults['credential']>, more: ProbeDefaults = {}) =>
  probe('ledger', { credential, maxConcurrent: 1_000, slowAttemptRatio: 1, ...more });

let entries = 0;

/** A call of its own: no two ask for the same. */
export const getEntry = ({ url }: TestApp): Promise<Answer> =>
  ask(`${url}/api/v1/probe/ledger/entries/${(entries += 1)}`);

export const crowd = <T>(size: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: size }, (_, index) => work(index)));

/** How many there were of each status. */
export const countStatuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** How often the server was asked for tokens with client credentials. */
export const grantsAt = ({ requests }: AuthorizationStandIn): number =>
  requests.filter(({ grantType }) => grantType === 'client_credentials').length;
