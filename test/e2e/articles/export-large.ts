import { expect } from '@jest/globals';
import { ArticlesModule } from '../../../src/features/articles/articles.module.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';

export const LARGE_ARTICLES = 2_000;
export const LARGE_PAGES = 20;

interface LargeScene {
  readonly cms: CmsStandIn;
  readonly breakwater: TestApp;
  close(): Promise<void>;
}

/** Pages so large that the operating system cannot take many of them on behalf of a reader. */
export const startLarge = async (clock?: FakeClock): Promise<LargeScene> => {
  const cms = await startCms({ generated: LARGE_ARTICLES, bodyBytes: 50_000 });
  const breakwater = await createApp({
    imports: [ArticlesModule],
    env: { CMS_URL: cms.contractUrl },
    override: (builder) => (clock ? builder.overrideProvider(Clock).useValue(clock) : builder),
  });
  return {
    cms,
    breakwater,
    close: async () => {
      await breakwater.close();
      await cms.close();
    },
  };
};

const RESTED_LOOKS = 40;

/** Resolves with the number of requests once it has stopped growing for a while. */
export const countAtRest = async (cms: CmsStandIn): Promise<number> => {
  let [count, looks] = [0, 0];
  await eventually(() => {
    looks = cms.requestCount === count ? looks + 1 : 0;
    count = cms.requestCount;
    expect(looks).toBeGreaterThan(RESTED_LOOKS);
  }, 20_000);
  return count;
};
