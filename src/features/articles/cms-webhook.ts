import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import { CmsChanges } from '../../providers/cms/cms-changes.ts';

/** What happens when the CMS says that something changed. */
@Injectable()
export class CmsWebhook {
  constructor(private readonly changes: CmsChanges) {}

  /** @throws InvalidRequest when the event cannot be understood */
  async accept(event: string | undefined, body: unknown): Promise<void> {
    const unusable = await this.changes.apply(event, body);
    if (unusable !== undefined) throw new InvalidRequest([unusable]);
  }
}
