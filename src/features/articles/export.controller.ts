import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../inbound/authentication/access.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { Streams } from '../../inbound/streaming/streams.ts';
import { CmsClient, type CmsArticle } from '../../providers/cms/cms.client.ts';
import { Article } from './articles.dto.ts';

@Public()
@ApiTags('articles')
@Controller({ path: 'articles/export', version: '1' })
export class ExportController {
  constructor(private readonly cms: CmsClient) {}

  @Get()
  @Streams({ provider: 'cms' })
  @ApiOperation({ summary: 'All articles, one a line (NDJSON)' })
  @ApiOkResponse({
    type: Article,
    description: 'One article a line; a line with a `problem` is the last of a broken off one.',
  })
  @ApiProblems('upstream')
  getAll(): AsyncIterable<readonly CmsArticle[]> {
    return this.cms.getAllArticles();
  }
}
