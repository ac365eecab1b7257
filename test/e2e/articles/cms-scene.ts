import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import type { CmsOptions, CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';

export const KINDS = ['contract', 'strapi'] as const;
export type Kind = (typeof KINDS)[number];

export const WEBHOOK_SECRET = 'known to the CMS and to us';

/** The application in front of a CMS. */
export interface CmsScene {
  readonly cms: CmsStandIn;
  readonly breakwater: TestApp;
  /** Asks for a path below `/api/v1/`. */
  get(path: string): Promise<Answer>;
  /** Tells the application of a change, as the CMS does. */
  tell(event: string, slug: string): Promise<Answer>;
  close(): Promise<void>;
}

interface SceneOptions {
  readonly kind?: Kind;
  readonly cms?: CmsOptions;
  readonly env?: Readonly<Record<string, string>>;
}

export const urlOf = (cms: CmsStandIn, kind: Kind): string => (kind === 'strapi' ? cms.strapiUrl : cms.contractUrl);

export const startCmsScene = async ({ kind = 'contract', cms: options, env }: SceneOptions = {}): Promise<CmsScene> => {
  const cms = await startCms(options);
  const breakwater = await createApp({
    env: { CMS_URL: urlOf(cms, kind), CMS_KIND: kind, CMS_WEBHOOK_SECRET: WEBHOOK_SECRET, ...env },
  });
  return {
    cms,
    breakwater,
    get: (path) => ask(`${breakwater.url}/api/v1/${path}`),
    tell: (event, slug) => tellOf(breakwater, event, cms.webhookBody(event, slug)),
    close: async () => {
      await breakwater.close();
      await cms.close();
    },
  };
};

/** Posts to the webhook; `headers` outweigh those that Strapi sends, an empty one is left out. */
export const tellOf = (
  { url }: TestApp,
  event: string,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const usual = { 'content-type': 'application/json', 'x-webhook-secret': WEBHOOK_SECRET, 'x-strapi-event': event };
  return ask(`${url}/api/v1/webhooks/cms`, {
    method: 'POST',
    headers: Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== '')),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
};
