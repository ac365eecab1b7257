import { describe, expect, it } from '@jest/globals';
import { readRoutes } from './read-routes.ts';
import { RouteMistakes } from './route-mistakes.ts';

const PASSWORD = 'hunter2hunter2';

const around = { path: 'routes.yaml', environment: {}, providers: ['pokeapi'] };

const refusalOf = (text: string): RouteMistakes => {
  try {
    readRoutes(text, around);
  } catch (error) {
    if (error instanceof RouteMistakes) return error;
    throw error;
  }
  throw new Error('The routes were taken');
};

const SEVERAL = `
routes:
  - nmae: poke
    public: true
    scopes: [a]
    target: { provider: pokapi, balence: p2c }
    maxConcurrent: many
    strip: /a
    rewrite: /b
  - name: origin
    target: { endpoints: ['http://2130706433', 'http://10.0.0.1'] }
    timeouts: { attemptMs: 50000, callMs: 40000 }
  - name: origin
    target: { provider: pokeapi }
`;

describe('RouteMistakes', () => {
  it('tells everything at once, each with file, place, what is there and what to write', () => {
    const { message, mistakes } = refusalOf(SEVERAL);
    expect(mistakes).toEqual(
      [
        'routes[0].name: is missing: give lower-case letters, digits and dashes, at most 64',
        'routes[0].target.provider: is "pokapi": name one of pokeapi (did you mean pokeapi?)',
        expect.stringContaining(
          'routes[0].target: there is no "balence" (did you mean balance?): the keys are provider, ',
        ),
        'routes[0].maxConcurrent: is "many": give a whole number from 1 to 100000',
        expect.stringContaining('routes[0]: there is no "nmae" (did you mean name?): the keys are name, description, '),
        'routes[0].scopes: contradicts public: leave out one of them',
        'routes[0].rewrite: contradicts strip: keep one of them',
        'routes[1].target.endpoints[0]: is "http://2130706433": write it as http://127.0.0.1, for that is what it means',
        'routes[1].timeouts.attemptMs: is 50000, longer than callMs, 40000: make it shorter, or callMs longer',
        'routes[2].name: is that of routes[1] already: give each route its own',
      ].map((line) => (typeof line === 'string' ? `GATEWAY_ROUTES=routes.yaml: ${line}` : (line as unknown))),
    );
    expect(message).toBe(['The routes have 10 mistake(s):', ...mistakes.map((line) => `  ${line}`)].join('\n'));
  });

  it('tells as many as anybody may want to read', () => {
    const text = `routes: [${Array(900).fill('{}').join()}]`;
    const { message, mistakes } = refusalOf(text);
    expect(mistakes).toHaveLength(1_000);
    expect(message).toContain('1800 mistake(s)');
  });

  it.each([
    `routes: [{ name: a, target: { endpoints: ['http://ada:${PASSWORD}@u.example'] } }]`,
    `routes: [{ name: a, target: { endpoints: ['http://u.example/?token=${PASSWORD}'] } }]`,
    `routes: [{ name: a, request: { headers: { set: { authorization: " ${PASSWORD}" } } } }]`,
    `routes: [{ name: a, request: { headers: { set: { authorization: "${PASSWORD}\\n" } } } }]`,
    `routes: [{ name: a, request: { headers: { set: { authorization: [${PASSWORD}] } } } }]`,
    `routes: [{ name: a, request: { headers: { set: "${PASSWORD}" } } }]`,
    `x-api-key: "${PASSWORD}`,
    `- "${PASSWORD}" b: "${PASSWORD}"`,
    `a: ${PASSWORD}: b`,
    `a: [${PASSWORD} ]]`,
    `a: *${PASSWORD}`,
  ])('shows nothing of the secret in %s', (text) => {
    const { message, mistakes } = refusalOf(text);
    expect(mistakes.length).toBeGreaterThan(0);
    expect(message).not.toContain(PASSWORD);
  });
});
