import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../problems/invalid-request.ts';
import { Cursors } from './cursors.ts';
import type { PageQuery } from './page-query.dto.ts';

const DEFAULT_LIMIT = 20;

/** Name of a list and what it is filtered by, always in the same order; of a caller's own list also whose it is. */
export type ListName = readonly [name: string, ...filters: (string | undefined)[]];

/** Where a page begins and how many items it may have. */
export interface Paging<P> {
  /** 1 to 100. The same for all pages of a walk. */
  readonly limit: number;
  /** As it was in `next`; undefined: the first page. */
  readonly position?: P | undefined;
}

/** A page as it is read: `next` is where the next one begins, plain JSON; null at the end. */
export interface ReadPage<T, P> {
  readonly items: readonly T[];
  readonly next: P | null;
}

/** A page as callers get it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque. */
  readonly next: string | null;
}

/** Lists read page by page by opaque cursors. Provided by `InboundModule`. */
@Injectable()
export class Pages {
  constructor(private readonly cursors: Cursors) {}

  /**
   * The page of `list` that `query` asks for, by `read`.
   * @throws InvalidRequest for a cursor that is not of this very list, or a limit that is not that of its walk:
   * then nothing is read
   */
  async read<T, P>(
    list: ListName,
    query: PageQuery,
    read: (paging: Paging<P>) => Promise<ReadPage<T, P>>,
  ): Promise<Page<T>> {
    const name = JSON.stringify(list);
    const paging = this.toPaging<P>(name, query);
    const { items, next } = await read(paging);
    return { items, next: next === null ? null : this.cursors.seal(name, { limit: paging.limit, position: next }) };
  }

  private toPaging<P>(name: string, { limit, cursor }: PageQuery): Paging<P> {
    if (cursor === undefined) return { limit: limit ?? DEFAULT_LIMIT };
    const paging = this.cursors.open(name, cursor) as Required<Paging<P>>;
    if (limit === undefined || limit === paging.limit) return paging;
    throw new InvalidRequest([{ field: 'limit', detail: `must be ${paging.limit}, as in the page before, or absent` }]);
  }
}
