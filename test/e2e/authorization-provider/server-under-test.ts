import type { Verdict } from '../../../src/providers/authorization/judgement.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { buildAuthorization, type AuthorizationSetup, type BuiltAuthorization } from './build-authorization.ts';

export interface ServerUnderTest extends BuiltAuthorization {
  readonly server: AuthorizationStandIn;
  /** How often the server was asked for `path`. */
  hits(path: string): number;
}

/** A stand-in, and the provider set up for it. Close it when done. */
export const startServer = async (setup: AuthorizationSetup = {}): Promise<ServerUnderTest> => {
  const server = await startAuthorization();
  const built = setUpFor(server, setup);
  return {
    ...built,
    server,
    hits: (path) => server.requests.filter((request) => request.path === path).length,
    close: async () => {
      await built.close();
      await server.close();
    },
  };
};

/** One more instance of the provider, for the same server. */
export const setUpFor = (server: AuthorizationStandIn, setup: AuthorizationSetup = {}): BuiltAuthorization => {
  const { audience, clientId, clientSecret } = server;
  return buildAuthorization({ baseUrl: server.issuer, audience, clientId, clientSecret, ...setup });
};

/** In short: whom a token stands for, or why it is refused. */
export const briefly = (verdict: Verdict): string => ('caller' in verdict ? verdict.caller.subject : verdict.refusal);
