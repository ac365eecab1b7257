import { Controller, Get, Injectable, Module, Query } from '@nestjs/common';
import { IsOptional, Length } from 'class-validator';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { IdempotencyKey } from '../../../src/inbound/idempotency/idempotency-key.ts';
import { InboundModule } from '../../../src/inbound/inbound.module.ts';
import { PageQuery } from '../../../src/inbound/pagination/page-query.dto.ts';
import { Pages, type Page, type Paging } from '../../../src/inbound/pagination/pages.ts';

/** How many there are. */
export const COUNT = 73;

class NumbersQuery extends PageQuery {
  @IsOptional()
  @Length(1, 20)
  colour?: string;
}

/** Numbers from 0, read by where the page begins. */
@Injectable()
export class Numbers {
  reads = 0;

  constructor(private readonly pages: Pages) {}

  findPage(list: string, { colour, ...query }: NumbersQuery): Promise<Page<number>> {
    return this.pages.read([list, colour], query, ({ limit, position = 0 }: Paging<number>) => {
      this.reads += 1;
      const items = Array.from({ length: Math.min(limit, COUNT - position) }, (_item, index) => position + index);
      const end = position + items.length;
      return Promise.resolve({ items, next: end < COUNT ? end : null });
    });
  }
}

@Public()
@Controller({ path: 'numbers', version: '1' })
class NumbersController {
  constructor(private readonly numbers: Numbers) {}

  @Get()
  list(@Query() query: NumbersQuery): Promise<Page<number>> {
    return this.numbers.findPage('numbers', query);
  }

  @Get('others')
  listOthers(@Query() query: NumbersQuery): Promise<Page<number>> {
    return this.numbers.findPage('others', query);
  }

  @Get('key')
  showKey(@IdempotencyKey() key: string | undefined): { key: string | null } {
    return { key: key ?? null };
  }
}

@Module({ imports: [InboundModule], controllers: [NumbersController], providers: [Numbers] })
export class NumbersModule {}
