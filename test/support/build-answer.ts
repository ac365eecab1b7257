import type { Answer } from '../../src/gateway/headers/answer.ts';
import type { HeaderMap } from '../../src/outbound/index.ts';
import type { ResponseOptions } from '../../src/gateway/routes/route-options.ts';

/** A 200 of JSON, unless told otherwise. */
export const buildAnswer = (headers: HeaderMap = {}, parts: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  requestId: 'r-1',
  cacheStatus: undefined,
  proxyStatus: 'breakwater; received-status=200',
  upstreamPath: '/api/things/1',
  stripped: '',
  host: 'us.example',
  protocol: 'https',
  mayTrail: false,
  ...parts,
});

export const buildResponseOptions = (parts: Partial<ResponseOptions> = {}): ResponseOptions => ({
  headers: { set: {}, add: {}, remove: [] },
  maxBytes: Infinity,
  cookies: 'drop',
  location: 'rewrite',
  ...parts,
});

/** All values of the header of that name, in a list of names and values in turn. */
export const valuesOf = (list: readonly string[], name: string): string[] =>
  list.filter((_value, at) => at % 2 === 1 && list[at - 1] === name);
