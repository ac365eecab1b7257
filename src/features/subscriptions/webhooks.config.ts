import { defineConfig } from '../../platform/config/define-config.ts';
import { OneOf } from '../../platform/config/variables.ts';
import type { Network } from '../../outbound/index.ts';

/** Where callers may have webhooks delivered to. */
export class WebhookOptions {
  /** `public`: to public addresses, by https. `private`: also to this machine and to private networks, and by http. Default public. */
  @OneOf(['public', 'private'])
  network: Network = 'public';
}

export const webhooksConfig = defineConfig('webhooks', { type: WebhookOptions, prefix: 'WEBHOOKS_' });
