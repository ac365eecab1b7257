import { z } from 'zod';
import { semaphoreJob } from './job.schema.ts';
import type { SemaphorePage } from './semaphore-paging.ts';
import type { SemaphoreJob } from './semaphore-shapes.ts';

/** Semaphore refuses to give more at a time. */
export const MAX_JOBS = 30;

const ALL_STATES = ['PENDING', 'QUEUED', 'RUNNING', 'FINISHED'];

/** As Semaphore wants them. Naming none would give no jobs. */
export const toJobStates = (states: readonly string[]): readonly string[] =>
  states.length === 0 ? ALL_STATES : states.map((state) => state.toUpperCase());

/** Whatever is longer fits into no cursor of ours. */
const MAX_TOKEN_LENGTH = 2_048;

const pageToken = z.string().max(MAX_TOKEN_LENGTH).nullish();

const answer = z.object({ jobs: z.array(semaphoreJob).nullish(), next_page_token: pageToken });

/** A token that leads to where it came from would lead there for ever: that is no answer. */
export const jobPage = (sent: string | undefined) =>
  answer.transform(({ jobs, next_page_token: token }, context): SemaphorePage<SemaphoreJob> => {
    if (token && token === sent) context.addIssue({ code: 'custom', path: ['next_page_token'] });
    return { items: jobs ?? [], next: token ? { token } : null };
  });
