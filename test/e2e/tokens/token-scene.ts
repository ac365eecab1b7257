import type { DynamicModule, Type } from '@nestjs/common';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { toAuthEnv } from '../login/login-scene.ts';

export interface TokenScene {
  readonly server: AuthorizationStandIn;
  readonly breakwater: TestApp;
  /** `GET /api/v1/me`, or another path, with that bearer token. */
  get(token: string, path?: string): Promise<Answer>;
  /** How often the server was asked for `path`. */
  hits(path: string): number;
  close(): Promise<void>;
}

export interface TokenSceneOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly imports?: readonly (DynamicModule | Type)[];
  /** What the application takes for the time. Default: the real one. */
  readonly clock?: Clock;
}

/** An authorization server, and the whole application that takes its tokens. Close it when done. */
export const startTokenScene = async ({ env, imports = [], clock }: TokenSceneOptions = {}): Promise<TokenScene> => {
  const server = await startAuthorization();
  const breakwater = await createApp({
    imports: [...imports],
    env: { ...toAuthEnv(server), LOG_LEVEL: 'trace', ...env },
    override: (builder) => (clock ? builder.overrideProvider(Clock).useValue(clock) : builder),
  });
  return {
    server,
    breakwater,
    get: (token, path = '/api/v1/me') => ask(breakwater.url + path, { headers: { authorization: `Bearer ${token}` } }),
    hits: (path) => hitsOf(server, path),
    close: async () => {
      await breakwater.close();
      await server.close();
    },
  };
};

export const hitsOf = ({ requests }: Pick<AuthorizationStandIn, 'requests'>, wanted: string): number =>
  requests.filter(({ path }) => path === wanted).length;
