import { describe, expect, it } from '@jest/globals';
import { readRoutes } from '../read-routes.ts';

const around = { path: 'r', environment: {}, providers: ['pokeapi', 'cms'] };
const POKEAPI = { target: { provider: 'pokeapi' } };
const OWN = { target: { endpoints: ['http://10.0.0.1'] } };
const HASHED = { target: { ...OWN.target, balance: 'hash' } };
const PART = { ...POKEAPI, path: '/' };

const mistakesIn = (fields: object): readonly string[] => {
  try {
    readRoutes(JSON.stringify({ routes: [{ name: 'a', ...fields }] }), around);
    return [];
  } catch (error) {
    return (error as { mistakes: string[] }).mistakes.map((line) => line.replace('GATEWAY_ROUTES=r: routes[0]', ''));
  }
};

describe('fields of a route contradict each other', () => {
  it.each([
    [{}, ': give a target, or an aggregate'],
    [{ ...POKEAPI, aggregate: { x: PART } }, ': give a target or an aggregate, not both'],
    [{ ...POKEAPI, public: true, scopes: ['a'] }, '.scopes: contradicts public'],
    [{ ...POKEAPI, strip: '/a', rewrite: '/b' }, '.rewrite: contradicts strip'],
    [{ ...POKEAPI, match: { prefix: '/a', path: '/b' } }, '.match.path: contradicts prefix'],
    [{ ...POKEAPI, rewrite: '/{id}' }, '.rewrite: needs {id}, which match.path does not have'],
    [{ ...POKEAPI, rewrite: '/{id}', match: { path: '/{name}' } }, '.rewrite: needs {id}'],
    [{ ...POKEAPI, timeouts: { attemptMs: 2, callMs: 1 } }, '.timeouts.attemptMs: is 2, longer than callMs, 1'],
    [{ ...OWN, timeouts: { attemptMs: 30_001 } }, '.timeouts.attemptMs: is 30001, longer than callMs, 30000'],
    [{ ...POKEAPI, timeouts: { connectMs: 1 } }, '.timeouts.connectMs: leave it out: a provider has its own'],
    [{ ...OWN, request: { forward: ['cookie'] }, cache: 'shared' }, '.cache: contradicts request.forward'],
    [{ ...OWN, request: { forward: ['cookie'] }, cache: {} }, '.cache: contradicts request.forward'],
    [{ ...HASHED, hedge: 'on' }, '.hedge: contradicts target.balance'],
    [{ ...HASHED, hedge: {} }, '.hedge: contradicts target.balance'],
  ])('in %j', (fields, mistake) => expect(mistakesIn(fields)).toEqual([expect.stringContaining(mistake)]));

  it.each([
    { ...POKEAPI, public: true, scopes: [] },
    { ...POKEAPI, timeouts: { attemptMs: 2, callMs: 2 } },
    { ...POKEAPI, timeouts: { attemptMs: 60_000 } },
    { ...OWN, timeouts: { attemptMs: 30_000, connectMs: 1 } },
    { ...OWN, request: { forward: ['cookie'] }, cache: 'off' },
    { ...OWN, request: { forward: ['authorization'] }, cache: 'shared' },
    { ...HASHED, hedge: 'off' },
    { ...OWN, hedge: 'on' },
    { aggregate: { x: { ...HASHED, path: '/' } }, hedge: 'on' },
  ])('but not in %j', (fields) => expect(mistakesIn(fields)).toEqual([]));

  it('which is told also where other fields are wrong', () => {
    const mistakes = mistakesIn({ ...POKEAPI, public: true, scopes: ['a'], maxConcurrent: 0, match: { paht: '/' } });
    expect(mistakes.map((line) => line.split(':')[0])).toEqual(['.match', '.maxConcurrent', '.scopes']);
  });

  it('but is not guessed from fields that are wrong themselves', () => {
    expect(mistakesIn({ ...POKEAPI, match: { path: '/{id' }, rewrite: '/{id}' })).toHaveLength(1);
    expect(mistakesIn({ ...POKEAPI, timeouts: { attemptMs: 5, callMs: 'x' } })).toHaveLength(1);
  });
});

describe('an aggregate is refused', () => {
  it.each([
    [{ aggregate: {} }, '.aggregate: give 1 to 16 parts'],
    [{ aggregate: [] }, '.aggregate: is no map: give one of keys to parts'],
    [{ aggregate: { missing: PART } }, '.aggregate.missing: give it another key'],
    [{ aggregate: { 'a b': PART } }, '.aggregate["a b"]: give it a key of letters'],
    [{ aggregate: { x: { path: '/' } } }, '.aggregate.x.target: is missing'],
    [{ aggregate: { x: POKEAPI } }, '.aggregate.x.path: is missing: give a path'],
    [{ aggregate: { x: { ...PART, path: '/{id}' } } }, '.aggregate.x.path: needs {id}'],
    [{ aggregate: { x: { ...PART, required: 'no' } } }, '.aggregate.x.required'],
    [{ aggregate: { x: { ...PART, timeoutMs: 5 } }, timeouts: { callMs: 4 } }, '.aggregate.x.timeoutMs: is 5, longer'],
    [{ aggregate: { x: { ...PART, aggregate: {} } } }, '.aggregate.x: there is no "aggregate"'],
    [{ aggregate: { x: PART }, match: { methods: ['GET', 'POST'] } }, '.match.methods: leave POST out'],
    [{ aggregate: 'x' }, '.aggregate: is no map'],
    [{ aggregate: { x: PART }, strip: '/a' }, '.strip: leave it out'],
    [{ aggregate: { x: PART }, upgrades: ['websocket'] }, '.upgrades: leave it out'],
  ])('for %j', (fields, mistake) => expect(mistakesIn(fields)).toEqual([expect.stringContaining(mistake)]));
});
