import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../../support/chromium.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { SemaphoreStandIn } from '../../upstreams/semaphore/semaphore-handles.ts';
import { startSemaphore } from '../../upstreams/semaphore.stand-in.ts';

/** A busy machine may take its time. */
export const PATIENCE_MS = 60_000;

const WEBHOOK_SECRET = 'of the CMS that the page hears of';

/** The application with all that its page shows, and a browser that looks at it. */
export interface LiveScene {
  readonly page: Page;
  readonly cms: CmsStandIn;
  readonly semaphore: SemaphoreStandIn;
  readonly authorization: AuthorizationStandIn;
  readonly breakwater: () => TestApp;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** The CMS says that the article was published. */
  publish(article: { readonly slug: string; readonly title: string }): Promise<void>;
  /** The process is gone; its address is kept. */
  stopApp(): Promise<void>;
  startApp(): Promise<void>;
  close(): Promise<void>;
}

export const startLiveScene = async (): Promise<LiveScene> => {
  const [cms, semaphore, authorization] = await Promise.all([
    startCms({ articles: [{ slug: 'first', title: 'The first' }] }),
    startSemaphore({ workflows: 3, projects: 2 }),
    startAuthorization(),
  ]);
  const env = { ...toEnv({ cms, semaphore, authorization }), CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
  let breakwater = await createApp({ env });
  const { port } = new URL(breakwater.url);
  authorization.allowRedirect(`${breakwater.url}/auth/callback`);
  const browser = await startChromium();
  const { page, complaints } = await openPage(browser);
  return {
    page,
    cms,
    semaphore,
    authorization,
    complaints,
    breakwater: () => breakwater,
    publish: async (article) => {
      cms.put(article);
      await tell(breakwater, cms.webhookBody('entry.publish', article.slug));
    },
    stopApp: () => breakwater.close(),
    startApp: async () => {
      breakwater = await createApp({ env, port: Number(port) });
    },
    close: async () => {
      await browser.close();
      await breakwater.close();
      await Promise.all([cms.close(), semaphore.close(), authorization.close()]);
    },
  };
};

type Upstreams = Pick<LiveScene, 'cms' | 'semaphore' | 'authorization'>;

const toEnv = ({ cms, semaphore, authorization }: Upstreams): Record<string, string> => ({
  CMS_URL: cms.contractUrl,
  SEMAPHORE_URL: semaphore.url,
  SEMAPHORE_TOKEN: semaphore.token,
  AUTH_ISSUER: authorization.issuer,
  AUTH_AUDIENCE: authorization.audience,
  AUTH_CLIENT_ID: authorization.clientId,
  AUTH_CLIENT_SECRET: authorization.clientSecret,
  AUTH_SCOPE: 'openid profile offline_access ci:read',
});

const openPage = async (browser: Browser): Promise<{ page: Page; complaints: string[] }> => {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
};

const tell = async ({ url }: TestApp, body: object): Promise<void> => {
  const headers = {
    'content-type': 'application/json',
    'x-webhook-secret': WEBHOOK_SECRET,
    'x-strapi-event': 'entry.publish',
  };
  await fetch(`${url}/api/v1/webhooks/cms`, { method: 'POST', headers, body: JSON.stringify(body) });
};
