import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import { listRoutes } from '../../../src/inbound/authentication/routes.ts';
import { ask, type Answer } from '../../support/ask.ts';
import type { TestApp } from '../../support/create-app.ts';

export const TOKEN = 'a-token-for-operators-only';

/** What a browser sends with a write from our own page. */
export const FROM_OUR_PAGE = { 'x-requested-with': 'console', 'sec-fetch-site': 'same-origin' };

export const BEARER = { authorization: `Bearer ${TOKEN}` };

export const logIn = ({ url }: TestApp, token: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${url}/console/login`, { method: 'POST', headers, body: new URLSearchParams({ token }) });

/** What a browser would send back of what an answer has set. */
export const cookieOf = ({ headers }: Answer): string => (headers.getSetCookie()[0] ?? '').split(';', 1)[0]!;

/** The cookie of who has logged in. */
export const logInCookie = async (breakwater: TestApp): Promise<string> => cookieOf(await logIn(breakwater, TOKEN));

/** The lines of the log about what operators did. */
export const auditOf = ({ logLines }: TestApp): Record<string, unknown>[] =>
  logLines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ operatorAction }) => operatorAction !== undefined);

/** Stand for what a path takes. */
const VALUES: Readonly<Record<string, string>> = {
  ':id': '00000000-0000-4000-8000-000000000000',
  ':name': 'pokeapi',
};

/** All that operators may do, as the application has it: none is forgotten here. */
export const writesOf = ({ app }: TestApp): (readonly [method: string, path: string])[] =>
  listRoutes(app.get(DiscoveryService, { strict: false }))
    .filter(({ access }) => access === 'operators')
    .map(({ controller, handler }) => {
      const parts = [controller, handler].map((target) => String(Reflect.getMetadata(PATH_METADATA, target)));
      const path = parts
        .join('/')
        .replace(/\/+$/, '')
        .replace(/:\w+/g, (name) => VALUES[name] ?? 'something');
      return [RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, handler))] ?? '', `/${path}`] as const;
    })
    .filter(([method]) => method !== 'GET');

/** What they may see, and what there is not. */
export const READS = [
  '/console/console.js',
  '/console/no-such-file.js',
  '/console/events',
  '/health/providers',
  '/ops/calls',
] as const;
