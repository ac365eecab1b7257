import { z } from 'zod';
import { semaphoreProject } from './project.schema.ts';
import type { SemaphorePage } from './semaphore-paging.ts';
import type { SemaphoreProject } from './semaphore-shapes.ts';
import { headerText } from './semaphore-header.ts';

/** Semaphore refuses to count further: 50,000 projects. */
const LAST_PAGE = 100;

export interface ProjectPlace {
  readonly page: number;
  /** How many of that page have been given already. */
  readonly skip: number;
}

const answer = z.object({
  headers: z.object({ 'x-page': headerText, 'x-has-more': headerText }),
  body: z.array(semaphoreProject),
});

/**
 * A page of 500, of which `wanted` are given from `skip` on; needs the answer `whole`. Semaphore leaves out of it whatever
 * our token may not see, so that it may be shorter, and empty in the middle.
 */
export const projectPage = ({ page, skip }: ProjectPlace, wanted: number) =>
  answer.transform(({ headers, body }, context): SemaphorePage<SemaphoreProject> => {
    const answered = headers['x-page'] ?? String(page);
    if (answered !== String(page)) context.addIssue({ code: 'custom', path: ['headers', 'x-page'] });
    const items = body.slice(skip, skip + wanted);
    if (skip + wanted < body.length) return { items, next: { page, skip: skip + wanted } };
    const hasMore = headers['x-has-more'] === 'true' && page < LAST_PAGE;
    return { items, next: hasMore ? { page: page + 1, skip: 0 } : null };
  });
