import type { CmsStandIn } from '../cms/cms-handles.ts';
import { CMS_WEBHOOK_SECRET } from './cms-access.ts';
import type { Step } from './step.ts';

const SLUG = 'how-a-breakwater-works';
const EVENT = 'entry.update';

export const articleSteps = (cms: CmsStandIn): readonly Step[] => [
  { title: 'Articles of the CMS, page by page', path: '/api/v1/articles?limit=2' },
  { title: 'One of them', path: `/api/v1/articles/${SLUG}` },
  {
    title: 'All of them as a stream, an article a line; whoever stops reading stops the CMS',
    path: '/api/v1/articles/export',
    firstLines: 2,
  },
  {
    title: 'What the CMS posts when an article changed, with its secret: the next reader gets it fresh',
    path: '/api/v1/webhooks/cms',
    method: 'POST',
    headers: {
      'X-Webhook-Secret': CMS_WEBHOOK_SECRET,
      'X-Strapi-Event': EVENT,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(cms.webhookBody(EVENT, SLUG)),
    withHeaders: true,
  },
];
