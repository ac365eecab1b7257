import type { AggregateOptions, HeaderRules, RouteOptions, TimeoutOptions } from './route-options.ts';
import { toTarget, type Locate } from './to-target.ts';
import type { WrittenRoute } from './written/route.schema.ts';

const CONNECT_MS = 3_000;
const UPGRADES = ['websocket'];

/** A route as it is written, in the form that the gateway works by. */
export const toRoute = (written: WrittenRoute, locate: Locate): RouteOptions => {
  const { target, aggregate, strip, rewrite, allowEncodedSlashes, match, request, response, upgrades, ...same } =
    written;
  return {
    ...same,
    match: { ...match, headers: toLowerCase(match.headers), ...(aggregate && { methods: ['GET'] }) },
    ...(target && { target: toTarget(target, locate) }),
    ...(aggregate && { aggregate: toAggregate(aggregate, locate) }),
    rewriting: { ...(strip && { strip }), ...(rewrite && { rewrite }), allowEncodedSlashes },
    request: { ...request, headers: toHeaderRules(request.headers) },
    response: { ...response, headers: toHeaderRules(response.headers) },
    timeouts: toTimeouts(written.timeouts),
    upgrades: upgrades ?? (aggregate ? [] : UPGRADES),
  };
};

const toAggregate = (parts: NonNullable<WrittenRoute['aggregate']>, locate: Locate): AggregateOptions => ({
  parts: Object.entries(parts).map(([key, { target, ...part }]) => ({
    key,
    ...part,
    target: toTarget(target, locate),
  })),
});

const toTimeouts = ({ connectMs = CONNECT_MS, ...others }: WrittenRoute['timeouts']): TimeoutOptions => ({
  connectMs,
  ...others,
});

const toHeaderRules = ({ set, add, remove }: HeaderRules): HeaderRules => ({
  set: toLowerCase(set),
  add: toLowerCase(add),
  remove: remove.map((name) => name.toLowerCase()),
});

const toLowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
