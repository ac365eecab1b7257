import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../../support/ask.ts';
import {
  ADA,
  EVE,
  GRACE,
  LINUS,
  startSubscriptions,
  type Created,
  type SubscriptionScene,
} from './subscription-scene.ts';

const URL = 'https://hooks.example.com/breakwater';
const UNKNOWN = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';

let scene: SubscriptionScene;
beforeEach(async () => {
  scene = await startSubscriptions();
});
afterEach(() => scene.breakwater.close());

const create = (body: unknown, token = ADA) => scene.send('POST', '/subscriptions', { body, token });

describe('a subscription that is asked for', () => {
  it('needs a token, the scope for webhooks, and those of every topic', async () => {
    const body = { url: URL, topics: ['tides', 'harbour'] };
    expect((await ask(`${scene.breakwater.url}/api/v1/subscriptions`, { method: 'POST' })).status).toBe(401);
    expect(problemOf(await create(body, EVE))).toMatchObject({ status: 403, code: 'forbidden' });
    const refused = await create(body, LINUS);
    expect(problemOf(refused)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(refused.headers.get('www-authenticate')).toContain('scope="webhooks:write harbour:read"');
    expect((await create({ url: URL, topics: ['tides', 'berths'] }, LINUS)).status).toBe(201);
  });

  it('is made, and its secret is shown this once', async () => {
    const answer = await create({ url: 'https://Hooks.example.com', topics: ['harbour', 'tides'] });
    const { id, secret, ...rest } = jsonOf<Created & Record<string, unknown>>(answer);
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `/api/v1/subscriptions/${id}`]);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(secret).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/);
    const shown = {
      ...{ url: 'https://hooks.example.com/', topics: ['harbour', 'tides'], state: 'active' },
      ...{ createdAt: expect.stringMatching(/^\d{4}-.*Z$/), lastDeliveredAt: null, lastFailure: null },
    };
    expect(rest).toEqual(shown);
    const [one, list] = [await scene.get(`/subscriptions/${id}`), await scene.get('/subscriptions')];
    expect(jsonOf(one)).toEqual({ id, ...shown });
    expect(jsonOf(list)).toEqual({ items: [{ id, ...shown }], next: null });
    expect(one.text + list.text + scene.breakwater.logLines.join('')).not.toContain(secret.slice(6));
  });

  it('is one of twenty at most for each caller, also when all are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => create({ url: URL, topics: ['tides'] })));
    const made = answers.filter(({ status }) => status === 201).length;
    expect(made).toBeLessThanOrEqual(20);
    for (let count = made; count < 20; count += 1) await scene.subscribe(URL);
    const refused = problemOf(await create({ url: URL, topics: ['tides'] }));
    expect(refused).toMatchObject({ status: 409, detail: 'You may have 20 subscriptions: delete one first' });
    expect(jsonOf<{ items: unknown[] }>(await scene.get('/subscriptions?limit=100')).items).toHaveLength(20);
    expect((await create({ url: URL, topics: ['tides'] }, GRACE)).status).toBe(201);
  });
});

describe("a caller's subscriptions", () => {
  it('are listed page by page, the newest first, and no one else’s', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await scene.subscribe(URL)).id);
    await scene.subscribe(URL, { token: GRACE });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: { items: Created[]; next: string | null } = jsonOf(await scene.get(`/subscriptions?limit=2${query}`));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
      if (cursor !== null)
        expect(problemOf(await scene.get(`/subscriptions?cursor=${cursor}`, GRACE))).toMatchObject({ status: 400 });
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('are not there for anybody else', async () => {
    const { id } = await scene.subscribe(URL);
    for (const path of [`/subscriptions/${id}`, `/subscriptions/${UNKNOWN}`]) {
      expect(problemOf(await scene.get(path, GRACE))).toMatchObject({ status: 404, code: 'not_found' });
      expect((await scene.send('DELETE', path, { token: GRACE })).status).toBe(404);
      expect((await scene.send('POST', `${path}/test`, { token: GRACE })).status).toBe(404);
    }
    expect((await scene.get(`/subscriptions/${id}`)).status).toBe(200);
    expect((await scene.get(`/subscriptions/${id}`, EVE)).status).toBe(403);
  });

  it.each(['1', 'abc', '..%2f', `${UNKNOWN}0`])('have ids that are UUIDs: %s is none', async (id) => {
    expect(problemOf(await scene.get(`/subscriptions/${id}`))).toMatchObject({ status: 400 });
  });

  it('end when they are deleted, once', async () => {
    const { id } = await scene.subscribe(URL);
    const answer = await scene.send('DELETE', `/subscriptions/${id}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await scene.get(`/subscriptions/${id}`)).status).toBe(404);
    expect((await scene.send('DELETE', `/subscriptions/${id}`)).status).toBe(404);
  });
});
