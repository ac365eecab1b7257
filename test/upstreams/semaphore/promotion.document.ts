import { toSecondsAndNanos } from './time-forms.ts';
import type { Promotion } from './world.ts';

/** As lists have it; there is no other place where promotions are answered. */
export const promotionDocument = (promotion: Promotion): object => ({
  name: promotion.name,
  triggered_at: toSecondsAndNanos(promotion.triggered),
  triggered_by: promotion.triggeredBy,
  override: promotion.override,
  status: promotion.status,
  scheduled_at: toSecondsAndNanos(promotion.status === 'processing' ? 0 : promotion.triggered + 350_020),
  scheduled_pipeline_id: promotion.scheduledPipelineId,
});
