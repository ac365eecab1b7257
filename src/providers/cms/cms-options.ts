import { StaticTokenOptions } from '../../outbound/index.ts';
import { BaseUrl, OneOf, SecretText, Text } from '../../platform/config/variables.ts';
import type { Secret } from '../../platform/secret.ts';

/** A header can hold nothing else, and loses blanks at its ends (RFC 9110 §5.5). */
const HEADER_TEXT = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** Of the CMS and what it tells us, beside what all providers have. */
export class CmsOptions extends StaticTokenOptions {
  /**
   * Where the CMS is, such as `https://cms.example.com/api/v1`. For Strapi its address alone stands for its usual `/api`;
   * with a path it is all that comes before `/articles`. None: the CMS is off and answers `not_configured`.
   */
  @BaseUrl()
  declare baseUrl?: string;

  /** What it speaks: `contract` (`/articles`, `/article/{slug}`) or `strapi` (REST of Strapi 5). Default contract. */
  @OneOf(['contract', 'strapi'])
  kind: 'contract' | 'strapi' = 'contract';

  /** Field that holds the text of an article. Default body. */
  @Text(/^[A-Za-z]\w{0,63}$/, 'give the name of a field: letters, digits and underscores, a letter first')
  bodyField = 'body';

  /** What the CMS sends as X-Webhook-Secret when something changed. None: it cannot tell us. */
  @SecretText(16, HEADER_TEXT, 'give at least 16 characters of printable ASCII, without blanks at the ends')
  webhookSecret?: Secret;
}
