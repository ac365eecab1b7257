import { defineConfig } from '../platform/config/define-config.ts';
import { WholeNumber } from '../platform/config/variables.ts';

/** How background calls are made. */
export class JobsOptions {
  /** Background calls that one worker makes at the same time. Default 16. */
  @WholeNumber(1, 1_000)
  concurrency = 16;
}

export const jobsConfig = defineConfig('jobs', { type: JobsOptions, prefix: 'JOBS_' });
