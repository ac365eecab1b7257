import { Injectable } from '@nestjs/common';
import { RateLimits } from '../../inbound/rate-limit/rate-limits.ts';
import { AggregateRoute } from '../aggregation/aggregate-route.ts';
import type { Wanted } from '../targets/open-target.ts';
import { Targets, type Prepared } from '../targets/targets.ts';
import type { PartOptions, RouteOptions } from './route-options.ts';
import type { AnyRoute } from './route-table.ts';
import { Route } from './route.ts';

/** Routes that are ready, and what makes their targets the present ones. */
export interface Built {
  readonly routes: readonly AnyRoute[];
  commit(): void;
}

/** Makes of what the file says routes that can be used. */
@Injectable()
export class RouteBuilder {
  constructor(
    private readonly targets: Targets,
    private readonly rateLimits: RateLimits,
  ) {}

  async build(all: readonly RouteOptions[]): Promise<Built> {
    const prepared = await this.targets.prepare(all.flatMap(toWanted));
    const routes = await Promise.all(all.map((options) => this.toRoute(options, prepared)));
    return { routes, commit: () => prepared.commit() };
  }

  private async toRoute(options: RouteOptions, prepared: Prepared): Promise<AnyRoute> {
    const { name, rateLimit: text, aggregate } = options;
    const rateLimit = text === undefined ? undefined : await this.rateLimits.open(`gateway.${name}`, text);
    if (aggregate === undefined) return new Route(options, prepared.of(ofRoute(options)), rateLimit);
    const parts = aggregate.parts.map((part) => ({ options: part, target: prepared.of(ofPart(options, part)) }));
    return new AggregateRoute(options, parts, rateLimit);
  }
}

const toWanted = (options: RouteOptions): Wanted[] =>
  options.aggregate ? options.aggregate.parts.map((part) => ofPart(options, part)) : [ofRoute(options)];

const ofRoute = ({ name, target, timeouts }: RouteOptions): Wanted => ({
  name,
  target: target!,
  connectMs: timeouts.connectMs,
});

const ofPart = ({ name, timeouts }: RouteOptions, { key, target }: PartOptions): Wanted => ({
  name: `${name}.${key}`,
  target,
  connectMs: timeouts.connectMs,
});
