import type { CmsStandIn } from '../cms/cms-handles.ts';

/** What the stand-in of the CMS wants to be shown, and what it shows when it says that something changed. */
export const CMS_TOKEN = 'token-of-the-sandbox';
export const CMS_WEBHOOK_SECRET = 'secret-of-the-sandbox';

/** As whom the CMS speaks, and where: `CMS_KIND=strapi npm run sandbox` makes it Strapi. Default: the contract. */
export const cmsAddress = ({ contractUrl, strapiUrl }: CmsStandIn): { readonly kind: string; readonly url: string } => {
  const kind = process.env['CMS_KIND']?.trim() || 'contract';
  return { kind, url: kind === 'strapi' ? strapiUrl : contractUrl };
};
