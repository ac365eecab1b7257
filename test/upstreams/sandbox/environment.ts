import { dirname, join } from 'node:path';
import { CMS_TOKEN, CMS_WEBHOOK_SECRET, cmsAddress } from './cms-access.ts';
import type { Upstreams } from './upstreams.ts';

interface Given {
  /** Where the application is to listen. */
  readonly port: string;
  /** Path of the gateway's routes. */
  readonly routes: string;
}

/**
 * What the application is told: our own environment, but with the stand-ins for the services. Empty values outweigh those
 * in `.env`: without OPS_TOKEN whoever calls from this machine is an operator of the sandbox.
 */
export const environmentFor = (upstreams: Upstreams, { port, routes }: Given): NodeJS.ProcessEnv => ({
  LOG_LEVEL: 'warn',
  ...process.env,
  HOST: '127.0.0.1',
  PORT: port,
  PUBLIC_URL: publicUrl(port),
  OPS_TOKEN: '',
  GATEWAY_ROUTES: routes,
  DATA_DIR: join(dirname(routes), 'data'),
  REDIS_URL: '',
  REDIS_URL_FILE: '',
  // The receiver of the sandbox is on this machine.
  WEBHOOKS_NETWORK: 'private',
  POKEAPI_URL: upstreams.pokeApi.url,
  ...cmsEnvironment(upstreams),
  ...semaphoreEnvironment(upstreams),
  ...authorizationEnvironment(upstreams),
});

/** Lets users come back to the application after login and after logout. */
export const allowRedirects = ({ authorization }: Upstreams, port: string): void => {
  const origin = publicUrl(port);
  authorization.allowRedirect(`${origin}/auth/callback`);
  for (const uri of [origin, `${origin}/`]) authorization.allowRedirect(uri, 'logout');
};

const cmsEnvironment = ({ cms }: Upstreams): NodeJS.ProcessEnv => ({
  CMS_KIND: cmsAddress(cms).kind,
  CMS_URL: cmsAddress(cms).url,
  CMS_BODY_FIELD: '',
  CMS_TOKEN,
  CMS_TOKEN_FILE: '',
  CMS_WEBHOOK_SECRET,
  CMS_WEBHOOK_SECRET_FILE: '',
});

const semaphoreEnvironment = ({ semaphore }: Upstreams): NodeJS.ProcessEnv => ({
  SEMAPHORE_URL: semaphore.url,
  SEMAPHORE_TOKEN: semaphore.token,
  SEMAPHORE_TOKEN_FILE: '',
});

const authorizationEnvironment = ({ authorization }: Upstreams): NodeJS.ProcessEnv => ({
  AUTH_ISSUER: authorization.issuer,
  AUTH_AUDIENCE: authorization.audience,
  AUTH_CLIENT_ID: authorization.clientId,
  AUTH_CLIENT_SECRET: authorization.clientSecret,
  AUTH_CLIENT_SECRET_FILE: '',
  AUTH_CLIENT_AUTHENTICATION: 'client_secret_basic',
  AUTH_SCOPE: 'openid profile offline_access pokemon:read ci:read',
});

const publicUrl = (port: string): string => `http://127.0.0.1:${port}`;
