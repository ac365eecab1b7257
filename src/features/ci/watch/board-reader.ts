import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.ts';
import { SemaphoreClient } from '../../../providers/semaphore/semaphore.client.ts';
import type { SemaphorePipeline, SemaphoreProject } from '../../../providers/semaphore/semaphore-shapes.ts';
import { toJobs, type Board, type BoardJob } from './board.ts';
import { unlessRefused } from './unless-refused.ts';

const MAX_PROJECTS = 20;
const PIPELINES_EACH = 20;
/** Pipelines whose jobs are asked for in one reading: those that have just ended, and the newest that are under way. */
const MAX_CLOSELY = 20;
/** Projects hardly ever change. */
const PROJECTS_KEPT_MS = 60_000;

/**
 * Reads the board from the CI service, one question after another: nobody waits for it. A project or a pipeline of which
 * the service tells nothing sound stays as it was known, and does not keep the others from being watched.
 */
@Injectable()
export class BoardReader {
  #projects: { readonly items: readonly SemaphoreProject[]; readonly readAt: number } | undefined;

  constructor(
    private readonly semaphore: SemaphoreClient,
    private readonly clock: Clock,
  ) {}

  /**
   * @param before what is known already: of what has been done since then, no jobs are asked for
   * @throws UpstreamError; the signal's reason
   */
  async read(before: Board | undefined, signal: AbortSignal): Promise<Board> {
    const pipelines = new Map<string, SemaphorePipeline>();
    for (const { id } of await this.projects()) {
      signal.throwIfAborted();
      for (const pipeline of await this.readPipelines(id, before)) pipelines.set(pipeline.id, pipeline);
    }
    return { pipelines, jobs: await this.readJobs(pipelines, before, signal) };
  }

  private async readPipelines(projectId: string, before: Board | undefined): Promise<readonly SemaphorePipeline[]> {
    const page = await unlessRefused(this.semaphore.listPipelines({ projectId }, { limit: PIPELINES_EACH }));
    return page?.items ?? [...(before?.pipelines.values() ?? [])].filter((known) => known.projectId === projectId);
  }

  private async readJobs(
    pipelines: ReadonlyMap<string, SemaphorePipeline>,
    before: Board | undefined,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, BoardJob>> {
    const closely = [...pipelines.values()].filter((one) => isUnderWay(one) || hasJustEnded(one, before));
    const jobs = new Map<string, BoardJob>();
    for (const job of before?.jobs.values() ?? []) if (pipelines.has(job.pipelineId)) jobs.set(job.id, job);
    for (const { id } of closely.sort(endedFirst).slice(0, MAX_CLOSELY)) {
      signal.throwIfAborted();
      const detail = await unlessRefused(this.semaphore.getPipeline(id));
      for (const job of detail ? toJobs(detail) : []) jobs.set(job.id, job);
    }
    return jobs;
  }

  private async projects(): Promise<readonly SemaphoreProject[]> {
    const now = this.clock.now();
    if (this.#projects === undefined || now - this.#projects.readAt >= PROJECTS_KEPT_MS) {
      const { items } = await this.semaphore.listProjects({ limit: MAX_PROJECTS });
      this.#projects = { items, readAt: now };
    }
    return this.#projects.items;
  }
}

const isUnderWay = ({ state }: SemaphorePipeline): boolean => state !== 'done';

/** Its jobs have come to an end that has not been told. */
const hasJustEnded = ({ id, state }: SemaphorePipeline, before: Board | undefined): boolean =>
  before !== undefined && before.pipelines.get(id)?.state !== state;

/** What has ended is looked at now or never; of the others, the newest first. */
const endedFirst = (a: SemaphorePipeline, b: SemaphorePipeline): number =>
  Number(isUnderWay(a)) - Number(isUnderWay(b)) || (b.createdAt ?? '').localeCompare(a.createdAt ?? '');
