import type { TestingModuleBuilder } from '@nestjs/testing';
import { ArticlesModule } from '../../../src/features/articles/articles.module.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { CmsClient, type CmsArticle } from '../../../src/providers/cms/cms.client.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';

export type Pages = () => AsyncGenerator<readonly CmsArticle[], void, undefined>;

export const anArticle = (slug: string, body = 'Once upon a time.'): CmsArticle => ({
  slug,
  title: `About ${slug}`,
  body,
  publishedAt: '2026-01-01T09:00:00.000Z',
  updatedAt: null,
});

interface ScriptedOptions {
  readonly clock?: Clock;
  readonly env?: Readonly<Record<string, string>>;
}

/** The application with a CMS that gives the pages of a script. */
export const startScripted = (pages: Pages, { clock, env }: ScriptedOptions = {}): Promise<TestApp> => {
  const cms = { getAllArticles: pages };
  const override = (builder: TestingModuleBuilder): TestingModuleBuilder => {
    const overridden = builder.overrideProvider(CmsClient).useValue(cms);
    return clock ? overridden.overrideProvider(Clock).useValue(clock) : overridden;
  };
  return createApp({ imports: [ArticlesModule], override, ...(env && { env }) });
};

/** Something that happens when a test says so. */
export const aSignal = (): { readonly given: Promise<void>; give(): void } => {
  let give!: () => void;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
};
