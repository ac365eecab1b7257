import { jobRoutes } from './job-routes.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { projectRoutes } from './project-routes.ts';
import { promotionRoutes } from './promotion-routes.ts';
import type { Routes } from './route.ts';
import { workflowRoutes } from './workflow-routes.ts';
import { yamlRoutes } from './yaml-routes.ts';

const BASE = '/api/v1alpha';

const ROUTES: Routes = {
  ...{ ...projectRoutes, ...workflowRoutes, ...pipelineRoutes },
  ...{ ...promotionRoutes, ...jobRoutes, ...yamlRoutes },
};

export interface FoundRoute {
  readonly answer: Routes[string];
  readonly id: string;
}

/** The path is without its query string. */
export const findRoute = (method: string, path: string): FoundRoute | undefined => {
  if (!path.startsWith(`${BASE}/`)) return undefined;
  const [, resource = '', id, ...rest] = path.slice(BASE.length).split('/');
  const pattern = [resource, ...(id === undefined ? [] : [':', ...rest])].join('/');
  const answer = ROUTES[`${method} /${pattern}`];
  return answer === undefined ? undefined : { answer, id: decode(id ?? '') };
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
