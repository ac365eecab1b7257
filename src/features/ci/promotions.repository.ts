import { Injectable } from '@nestjs/common';
import type { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { Pages } from '../../inbound/pagination/pages.ts';
import type { SemaphorePaging } from '../../providers/semaphore/semaphore-paging.ts';
import { SemaphoreClient } from '../../providers/semaphore/semaphore.client.ts';
import { orNotFound } from './or-not-found.ts';
import { orUnacceptable } from './or-unacceptable.ts';
import type { PromotionPage, PromotionRequest, StartedPromotion } from './promotions.dto.ts';

const UNACCEPTABLE_PROMOTION = {
  field: 'name',
  detail: 'must be a promotion of this pipeline; one whose conditions are not met needs override',
};

/** All throw NotFoundException when there is no such pipeline. */
@Injectable()
export class PromotionsRepository {
  constructor(
    private readonly semaphore: SemaphoreClient,
    private readonly pages: Pages,
  ) {}

  findPage(pipelineId: string, query: PageQuery): Promise<PromotionPage> {
    return this.pages.read(['ci/promotions', pipelineId], query, (paging: SemaphorePaging) =>
      orNotFound(this.semaphore.listPromotions(pipelineId, paging), `pipeline ${pipelineId}`),
    );
  }

  async promote(pipelineId: string, { name, override }: PromotionRequest): Promise<StartedPromotion> {
    const promoted = orUnacceptable(this.semaphore.promote(pipelineId, name, override), UNACCEPTABLE_PROMOTION);
    await orNotFound(promoted, `pipeline ${pipelineId}`);
    return { id: name, name, pipelineId };
  }
}
