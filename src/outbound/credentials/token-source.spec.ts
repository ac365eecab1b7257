import { describe } from '@jest/globals';
import { itIsATokenSource } from '../../../test/contracts/token-source.contract.ts';
import { buildCaller, runAs } from '../../../test/support/build-caller.ts';
import { buildCall } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { Secret } from '../../platform/secret.ts';
import { callersToken } from './callers-token.ts';
import { clientCredentials } from './client-credentials.ts';
import type { CredentialKind } from './credential-kind.ts';
import { staticToken } from './static-token.ts';
import type { TokenSource } from './token-source.ts';

/** What it is made from in a provider that has all it needs. */
const createSource = (kind: CredentialKind): TokenSource => {
  const clock = new FakeClock();
  const issuer = new TestIssuer();
  const options = Object.assign(new kind.optionsType(), { token: new Secret('a static token/+') });
  return kind.createSource({
    provider: 'fixture',
    options,
    clock,
    vault: new MemoryVault(clock),
    issuer: () => issuer,
  });
};

describe('a static token', () => {
  itIsATokenSource(() => ({
    source: createSource(staticToken()),
    call: buildCall(),
    within: (work) => work(),
    token: 'a static token/+',
  }));
});

describe('a token by client credentials', () => {
  itIsATokenSource(() => ({
    source: createSource(clientCredentials({ scope: 'read' })),
    call: buildCall(),
    within: (work) => work(),
    token: 'issued-1',
  }));
});

describe("a caller's token", () => {
  itIsATokenSource(() => {
    const caller = buildCaller();
    return {
      source: createSource(callersToken()),
      call: buildCall({ caller }),
      within: (work) => runAs(caller, work),
      token: 'ann-token',
    };
  });
});
