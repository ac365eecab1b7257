import { Controller, Get, Module, RequestMethod, VERSION_NEUTRAL } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, VERSION_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Access } from '../../src/inbound/authentication/access.ts';
import { listRoutes, type Route } from '../../src/inbound/authentication/routes.ts';
import { ask } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';

/** What anybody may call, as the contract of this API has it. Whoever adds to it opens a door: think first. */
const PUBLIC = [
  'GET /api/v1/articles',
  'GET /api/v1/articles/:slug',
  'GET /api/v1/articles/export',
  // Who may listen to which, the topic says: `test/e2e/events` shows who may not.
  'GET /api/v1/events/:topic',
  'GET /api/v1/getCharizard',
  'GET /api/v1/pokemon',
  'GET /api/v1/pokemon/:name',
  'GET /api/v1/pokemon/:name/profile',
  'GET /auth/callback',
  'GET /auth/login',
  'GET /auth/session',
  // The login page, to who is no operator: `test/e2e/operators` shows that it tells nothing.
  'GET /console',
  'GET /console/login.css',
  'GET /gateway',
  'GET /health/live',
  'GET /health/ready',
  'GET /live',
  'GET /live/:file',
  'GET /live/files.json',
  'GET /problems/:code',
  'POST /api/v1/webhooks/cms',
  'POST /auth/logout',
  'POST /console/login',
  'POST /console/logout',
];

/** What only the people on call may call. */
const FOR_OPERATORS = [
  'DELETE /ops/cache',
  'DELETE /ops/calls/:id',
  'GET /console/:file',
  'GET /console/events',
  'GET /health/providers',
  'GET /metrics',
  'GET /ops/calls',
  'GET /ops/calls/:id',
  'GET /ops/logging',
  'POST /ops/calls/:id/retry',
  'POST /ops/providers/:name/isolate',
  'POST /ops/providers/:name/reset',
  'PUT /ops/logging',
];

/** Served beside Nest, for everybody: the documentation, and no data. */
const DOCUMENTATION = /^\w+ \/docs/;

/** Served beside Nest, to whom the routes file lets in: `test/e2e/gateway` shows who is not. */
const GATEWAY = /^\S+ \/gateway\/:route/;

/** Stands for whatever a path takes. */
const SOMETHING = 'something';

@Controller({ path: 'forgotten', version: '1' })
class ForgottenController {
  @Get()
  get(): string {
    return 'a secret';
  }
}

/** Everything that the server serves, by Nest or not. */
const served: string[] = [];

@Module({ controllers: [ForgottenController] })
class ForgottenModule {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Nest runs this when there is a server, without routes yet. */
  configure(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRoute', ({ method, url }) => {
      served.push(...[method].flat().map((each) => `${each} ${url}`));
    });
  }
}

const metadata = (key: string, target: object): unknown => Reflect.getMetadata(key, target);

/** Method and path, such as `GET /api/v1/me`. */
const addressOf = ({ controller, handler }: Route): string => {
  const version = metadata(VERSION_METADATA, controller);
  const prefix = version === VERSION_NEUTRAL || version === undefined ? '' : `api/v${String(version)}`;
  const parts = [prefix, metadata(PATH_METADATA, controller), metadata(PATH_METADATA, handler)].map(String);
  const path = parts.map((part) => part.replace(/^\/|\/$/g, '')).filter((part) => part !== '');
  return `${RequestMethod[Number(metadata(METHOD_METADATA, handler))]} /${path.join('/')}`;
};

describe('routes', () => {
  let breakwater: TestApp;
  let routes: { readonly address: string; readonly access: Access }[];

  beforeAll(async () => {
    breakwater = await createApp({
      imports: [ForgottenModule],
      env: { OPS_TOKEN: 'a-token-for-operators-only', POKEAPI_URL: 'off' },
    });
    routes = listRoutes(breakwater.app.get(DiscoveryService, { strict: false })).map((route) => ({
      address: addressOf(route),
      access: route.access,
    }));
  });
  afterAll(() => breakwater.close());

  const addresses = (access: Access): string[] =>
    routes
      .filter((route) => route.access === access)
      .map(({ address }) => address)
      .sort();

  const statusOf = async (address: string): Promise<number> => {
    const [method = '', path = ''] = address.split(' ');
    return (await ask(breakwater.url + path.replace(/:\w+/g, SOMETHING), { method })).status;
  };

  it('are all that is served, beside the documentation', () => {
    expect(routes.length).toBeGreaterThan(8);
    const others = served.filter((address) => ![DOCUMENTATION, GATEWAY, /^HEAD /].some((known) => known.test(address)));
    expect(others.sort()).toEqual(routes.map(({ address }) => address).sort());
  });

  it('are open to everybody only if the contract says so', () => {
    expect(addresses('public')).toEqual(PUBLIC);
  });

  it('are for operators only if the contract says so', () => {
    expect(addresses('operators')).toEqual(FOR_OPERATORS);
  });

  it('need a token in all other cases', async () => {
    expect(addresses('token')).toContain('GET /api/v1/forgotten');
    for (const address of [...addresses('token'), ...addresses('operators')])
      expect([address, await statusOf(address)]).toEqual([address, 401]);
  });

  it('let everybody in where they say so', async () => {
    for (const address of addresses('public').filter((each) => !each.startsWith('POST')))
      expect([address, await statusOf(address)]).not.toEqual([address, 401]);
  });
});
