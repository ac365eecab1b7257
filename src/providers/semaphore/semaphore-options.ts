import { StaticTokenOptions } from '../../outbound/index.ts';
import { BaseUrl } from '../../platform/config/variables.ts';

export class SemaphoreOptions extends StaticTokenOptions {
  /**
   * Where the API of one organisation is: `https://<organisation>.semaphoreci.com/api/v1alpha`. None: Semaphore is off and
   * answers `not_configured`; so it does without a token.
   */
  @BaseUrl()
  declare baseUrl?: string;
}
