import { describe, expect, it, jest } from '@jest/globals';
import type { CacheInvalidation } from '../../outbound/index.ts';
import { Secret } from '../../platform/secret.ts';
import { CmsChanges } from './cms-changes.ts';
import { CmsOptions } from './cms-options.ts';

const build = (secret?: string) => {
  const invalidate = jest.fn<CacheInvalidation['invalidate']>(() => Promise.resolve(1));
  const options = Object.assign(new CmsOptions(), { baseUrl: 'https://cms.example.com' });
  if (secret !== undefined) options.webhookSecret = new Secret(secret);
  return { changes: new CmsChanges({ invalidate } as unknown as CacheInvalidation, options), invalidate };
};

describe('CmsChanges', () => {
  it.each([
    ['the secret', 'the secret', true],
    ['the secret', 'The secret', false],
    ['the secret', '', false],
    ['the secret', undefined, false],
    [undefined, undefined, false],
    [undefined, '', false],
    [undefined, 'undefined', false],
  ])('with the secret %j takes %j for the CMS: %s', (secret, presented, isCms) => {
    const { changes } = build(secret);
    expect([changes.isConfigured, changes.isFrom(presented)]).toEqual([secret !== undefined, isCms]);
  });

  it('is done when everything of articles is forgotten', async () => {
    const { changes, invalidate } = build();
    let finish = (): void => undefined;
    invalidate.mockReturnValue(new Promise((resolve) => (finish = () => resolve(3))));
    let isDone = false;
    const applied = changes.apply('entry.update', { event: 'entry.update', model: 'article' }).then((unusable) => {
      isDone = true;
      return unusable;
    });
    await new Promise(setImmediate);
    expect([isDone, invalidate.mock.calls]).toEqual([false, [['cms', 'articles']]]);
    finish();
    expect(await applied).toBeUndefined();
  });
});
