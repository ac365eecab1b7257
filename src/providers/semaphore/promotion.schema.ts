import { z } from 'zod';
import { numberedAnswer } from './numbered-pages.ts';
import type { SemaphorePromotion } from './semaphore-shapes.ts';
import { state, text, time } from './semaphore-fields.ts';

const promotion = z
  .object({
    name: z.string(),
    status: state(),
    triggered_by: text,
    triggered_at: time,
    scheduled_pipeline_id: text,
  })
  .transform((answer): SemaphorePromotion => ({
    id: answer.scheduled_pipeline_id ?? `${answer.name}@${answer.triggered_at ?? answer.triggered_by ?? ''}`,
    name: answer.name,
    status: answer.status,
    triggeredBy: answer.triggered_by,
    triggeredAt: answer.triggered_at,
  }));

export const semaphorePromotions = numberedAnswer(promotion);
