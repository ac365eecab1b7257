import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { parseYaml } from './parse-yaml.ts';
import { RouteMistakes, type Mistake } from './route-mistakes.ts';
import type { RouteOptions } from './route-options.ts';
import { toRoute } from './to-route.ts';
import { routeFile } from './written/file.schema.ts';
import type { Around } from './written/route.schema.ts';

export type AroundRoutes = Around & {
  /** Of the file, for messages, and because files that it names are looked for beside it. */
  readonly path: string;
};

/** What the text of a routes file says, defaults filled in. @throws RouteMistakes listing everything that is wrong with it */
export const readRoutes = (text: string, around: AroundRoutes): RouteOptions[] => {
  const parsed = parseYaml(text);
  if ('mistakes' in parsed) throw new RouteMistakes(around.path, parsed.mistakes);
  const { data, error } = routeFile(around).safeParse(parsed.value);
  if (error) throw new RouteMistakes(around.path, error.issues.map(toMistake));
  return data.routes.map((route) => toRoute(route, (file) => resolve(dirname(around.path), file)));
};

const toMistake = ({ path, message }: z.core.$ZodIssue): Mistake => ({
  where: path.map(toStep).join('').replace(/^\./, ''),
  what: message,
});

const toStep = (key: PropertyKey): string => {
  if (typeof key === 'number') return `[${key}]`;
  return /^[\w-]+$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(String(key))}]`;
};
