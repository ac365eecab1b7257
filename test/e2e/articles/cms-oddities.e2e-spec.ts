import { afterEach, describe, expect, it } from '@jest/globals';
import { jsonOf } from '../../support/ask.ts';
import { startCmsScene, tellOf, type CmsScene } from './cms-scene.ts';

let scene: CmsScene;
afterEach(() => scene.close());

describe('an article', () => {
  it.each(['2026-02-31', '2026-02-30T10:00:00Z', '2025-02-29 10:00:00'])(
    'was not published on a day that never was: %s',
    async (publishedAt) => {
      scene = await startCmsScene({ cms: { articles: [{ slug: 'news', title: 'News', publishedAt }] } });
      expect(jsonOf(await scene.get('articles/news'))).toMatchObject({ publishedAt: null });
    },
  );
});

describe('the webhook', () => {
  it('counts wrong secrets for RATE_LIMIT, as all that are refused are counted', async () => {
    scene = await startCmsScene({ env: { RATE_LIMIT: '3/60' } });
    const statuses: number[] = [];
    for (const guess of ['one', 'two', 'three', 'four', 'five']) {
      const answer = await tellOf(scene.breakwater, 'entry.update', {}, { 'x-webhook-secret': `guess ${guess}` });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});
