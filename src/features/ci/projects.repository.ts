import { Injectable } from '@nestjs/common';
import type { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { Pages } from '../../inbound/pagination/pages.ts';
import type { SemaphorePaging } from '../../providers/semaphore/semaphore-paging.ts';
import { SemaphoreClient } from '../../providers/semaphore/semaphore.client.ts';
import { orNotFound } from './or-not-found.ts';
import type { Project, ProjectPage } from './projects.dto.ts';

@Injectable()
export class ProjectsRepository {
  constructor(
    private readonly semaphore: SemaphoreClient,
    private readonly pages: Pages,
  ) {}

  findPage(query: PageQuery): Promise<ProjectPage> {
    return this.pages.read(['ci/projects'], query, (paging: SemaphorePaging) => this.semaphore.listProjects(paging));
  }

  /** @throws NotFoundException when there is no such project */
  findOne(name: string): Promise<Project> {
    return orNotFound(this.semaphore.getProject(name), `project "${name}"`);
  }
}
