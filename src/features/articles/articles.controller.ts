import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OffsetQuery } from '../../inbound/pagination/offset-query.dto.ts';
import { Public } from '../../inbound/authentication/access.ts';
import { SameForEverybody } from '../../inbound/caching/same-for-everybody.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { Article, ArticleList, ArticleParams } from './articles.dto.ts';
import { ArticlesRepository } from './articles.repository.ts';

@Public()
@ApiTags('articles')
@ApiProblems('upstream', 'invalid_request')
@Controller({ path: 'articles', version: '1' })
export class ArticlesController {
  constructor(private readonly articles: ArticlesRepository) {}

  @Get()
  @SameForEverybody()
  @ApiOperation({ summary: 'All articles, page by page, in an order that lasts' })
  @ApiOkResponse({ type: ArticleList })
  list(@Query() query: OffsetQuery): Promise<ArticleList> {
    return this.articles.findPage(query);
  }

  @Get(':slug')
  @SameForEverybody()
  @ApiOperation({ summary: 'One article' })
  @ApiOkResponse({ type: Article })
  @ApiProblems('not_found')
  getOne(@Param() { slug }: ArticleParams): Promise<Article> {
    return this.articles.findOne(slug);
  }
}
