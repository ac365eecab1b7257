import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { startSubscriptions, type SubscriptionScene } from './subscription-scene.ts';

const URL = 'https://hooks.example.com/breakwater';

let scene: SubscriptionScene;
beforeAll(async () => {
  scene = await startSubscriptions();
});
afterAll(() => scene.breakwater.close());

describe('a subscription', () => {
  it.each([
    ['no URL', { topics: ['harbour'] }, 'url'],
    ['a URL that is none', { url: 'hooks', topics: ['harbour'] }, 'url'],
    ['a URL that is no text', { url: 7, topics: ['harbour'] }, 'url'],
    ['a URL of 2,049 characters', { url: `https://h.example/${'a'.repeat(2_031)}`, topics: ['harbour'] }, 'url'],
    ['a URL by http', { url: 'http://hooks.example.com/', topics: ['harbour'] }, 'url'],
    ['a URL with credentials', { url: 'https://ada:secret@hooks.example.com/', topics: ['harbour'] }, 'url'],
    ['a URL with a fragment', { url: 'https://hooks.example.com/#a', topics: ['harbour'] }, 'url'],
    ['no topics', { url: URL }, 'topics'],
    ['an empty list of topics', { url: URL, topics: [] }, 'topics'],
    ['a topic instead of a list', { url: URL, topics: 'harbour' }, 'topics'],
    ['the same topic twice', { url: URL, topics: ['harbour', 'harbour'] }, 'topics'],
    ['a topic that is no text', { url: URL, topics: [{}] }, 'topics'],
    ['a topic that nobody knows', { url: URL, topics: ['harbour', 'moon'] }, 'topics'],
    ['a topic of the language itself', { url: URL, topics: ['__proto__'] }, 'topics'],
    ['21 topics', { url: URL, topics: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'topics'],
    ['a secret of its own', { url: URL, topics: ['harbour'], secret: 'whsec_mine' }, 'secret'],
  ])('with %s is refused', async (_what, body, field) => {
    const problem = problemOf(await scene.send('POST', '/subscriptions', { body }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(problem.errors?.map((error) => error.field)).toEqual([field]);
  });
});
