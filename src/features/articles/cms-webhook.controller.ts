import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiNoContentResponse, ApiOperation, ApiTags, type ApiBodyOptions } from '@nestjs/swagger';
import { Public } from '../../inbound/authentication/access.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { FromCmsOnly } from './cms-secret.hook.ts';
import { CmsWebhook } from './cms-webhook.ts';

type ApiBodySchema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** What we read of the event; the CMS sends more. */
const EVENT_SCHEMA: ApiBodySchema = {
  type: 'object',
  required: ['event'],
  properties: {
    event: { type: 'string', description: 'As in X-Strapi-Event.', example: 'entry.update' },
    model: { type: 'string', description: 'What it is an entry of.', example: 'article' },
    uid: { type: 'string', example: 'api::article.article' },
  },
};

@Public()
@ApiTags('articles')
@Controller({ path: 'webhooks/cms', version: '1' })
export class CmsWebhookController {
  constructor(private readonly webhook: CmsWebhook) {}

  @Post()
  @HttpCode(204)
  @FromCmsOnly()
  @ApiOperation({ summary: 'For the CMS: says that an entry changed. Articles are read anew from then on' })
  @ApiHeader({ name: 'X-Webhook-Secret', required: true, description: 'The value of `CMS_WEBHOOK_SECRET`.' })
  @ApiHeader({ name: 'X-Strapi-Event', required: true, description: 'What happened.', example: 'entry.update' })
  @ApiBody({ schema: EVENT_SCHEMA })
  @ApiNoContentResponse({ description: 'Understood. Hearing it twice does no harm.' })
  @ApiProblems('invalid_request', 'unauthorized', 'payload_too_large', 'unsupported_media_type', 'not_configured')
  receive(@Headers('x-strapi-event') event: string | undefined, @Body() body: unknown): Promise<void> {
    return this.webhook.accept(event, body);
  }
}
