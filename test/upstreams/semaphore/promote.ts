import type { Organisation, Promoted } from './organisation.ts';
import { OWNER } from './project.document.ts';
import { startBeside } from './rebuild-pipeline.ts';
import type { Pipeline } from './world.ts';

export interface PromotionOrder extends Omit<Promoted, 'pipelineId'> {
  /** Empty: a new one. */
  readonly requestToken: string;
}

/** Starts the pipeline that is promoted to, once a token. */
export const promote = (
  organisation: Organisation,
  pipeline: Pipeline,
  { name, override, requestToken }: PromotionOrder,
): void => {
  if (organisation.promotedBy.has(requestToken)) return;
  if (requestToken !== '') organisation.promotedBy.add(requestToken);
  const scheduled = startBeside(organisation, pipeline, {
    ...{ name, file: '.semaphore/deploy.yml', targets: [], promotionOf: pipeline.id },
  });
  organisation.promoted.push({ pipelineId: pipeline.id, name, override });
  organisation.world.promotions.unshift({
    ...{ pipelineId: pipeline.id, name, triggeredBy: OWNER, triggered: organisation.world.now(), override },
    ...{ status: 'passed', scheduledPipelineId: scheduled },
  });
};
