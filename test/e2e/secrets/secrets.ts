import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from '@jest/globals';

/** A token nobody else has, named after its place so that a failing test tells where it got out. */
const make = (place: string): string => `${place}-${randomBytes(12).toString('hex')}`;

/** What a caller of ours may carry, in the usual and the less wise places. */
export const CALLERS = {
  authorization: make('caller-authorization'),
  cookie: make('caller-cookie'),
  accessToken: make('caller-access-token'),
  apiKeyQuery: make('caller-api-key-query'),
  apiKeyHeader: make('caller-api-key-header'),
  body: make('caller-body'),
  path: make('caller-path'),
};

/** What we present to an upstream. */
export const OURS = {
  authorization: make('our-authorization'),
  cookie: make('our-cookie'),
  apiKeyHeader: make('our-api-key-header'),
  query: make('our-query'),
  body: make('our-body'),
  password: make('our-password'),
  ops: make('ops-token'),
  message: make('quoted-in-a-message'),
};

const basic = Buffer.from(`service:${OURS.password}`).toString('base64');

/** Finds secrets in anything, whichever way it is printed. */
export const expectNoSecrets = (what: unknown): void => {
  const text = [
    what,
    JSON.stringify(what),
    inspect(what, { depth: 20, showHidden: true, maxStringLength: Infinity }),
  ].join('\n');
  const found = [...Object.values(CALLERS), ...Object.values(OURS), basic].filter((secret) => text.includes(secret));
  expect(found).toEqual([]);
};

/** The request of a caller who puts tokens everywhere. */
export const carelessQuery = `access_token=${CALLERS.accessToken}&api_key=${CALLERS.apiKeyQuery}`;
export const carelessHeaders = {
  authorization: `Bearer ${CALLERS.authorization}`,
  cookie: `session=${CALLERS.cookie}`,
  'x-api-key': CALLERS.apiKeyHeader,
};
