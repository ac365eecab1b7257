import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../../inbound/authentication/scopes.ts';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { Project, ProjectPage, ProjectParams } from './projects.dto.ts';
import { ProjectsRepository } from './projects.repository.ts';

@ApiTags('ci')
@ApiProblems('upstream', 'invalid_request')
@Controller({ path: 'ci/projects', version: '1' })
export class ProjectsController {
  constructor(private readonly projects: ProjectsRepository) {}

  @Get()
  @Scopes('ci:read')
  @ApiOperation({ summary: 'All projects, page by page' })
  @ApiOkResponse({ type: ProjectPage })
  list(@Query() query: PageQuery): Promise<ProjectPage> {
    return this.projects.findPage(query);
  }

  @Get(':name')
  @Scopes('ci:read')
  @ApiOperation({ summary: 'One project by name' })
  @ApiOkResponse({ type: Project })
  @ApiProblems('not_found')
  getOne(@Param() { name }: ProjectParams): Promise<Project> {
    return this.projects.findOne(name);
  }
}
