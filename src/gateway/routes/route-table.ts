import { Injectable } from '@nestjs/common';
import type { AggregateRoute } from '../aggregation/aggregate-route.ts';
import type { Route } from './route.ts';

export type AnyRoute = Route | AggregateRoute;

/** The routes of now. Replaced as a whole: a request has either the old ones or the new ones. */
@Injectable()
export class RouteTable {
  #byName: ReadonlyMap<string, AnyRoute> = new Map();

  find(name: string): AnyRoute | undefined {
    return this.#byName.get(name);
  }

  /** In the order of the file. */
  all(): AnyRoute[] {
    return [...this.#byName.values()];
  }

  /** @returns those there were before */
  replace(routes: readonly AnyRoute[]): AnyRoute[] {
    const before = this.all();
    this.#byName = new Map(routes.map((route) => [route.options.name, route]));
    return before;
  }
}
