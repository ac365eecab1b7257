import { z } from 'zod';
import { path, type ApiClient } from '../../outbound/index.ts';
import { anything } from './semaphore-fields.ts';

/** Semaphore refuses 100. */
export const MAX_PROMOTIONS = 99;

const switchOf = z.object({ pipeline: z.object({ switch_id: anything }) });

/** Whether anything can be promoted from a pipeline: one without promotions has an empty `switch_id`. */
export const hasPromotions = async (http: ApiClient, pipelineId: string): Promise<boolean> => {
  const { pipeline } = await http.get(path`/pipelines/${pipelineId}`, { operation: 'getPipeline', answer: switchOf });
  return pipeline.switch_id !== '';
};
