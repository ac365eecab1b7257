import { createServer } from 'node:http';
import { byPlace } from './semaphore/cursor-pages.ts';
import { createOrganisation } from './semaphore/organisation.ts';
import { findSamples } from './semaphore/samples.ts';
import { seedWorld } from './semaphore/seed.ts';
import type { SemaphoreOptions, SemaphoreRequest, SemaphoreStandIn } from './semaphore/semaphore-handles.ts';
import { serve } from './semaphore/serve.ts';
import { createTroubles } from './semaphore/troubles.ts';
import { listenLocally } from './stand-in.ts';

export type { SemaphoreOptions, SemaphoreStandIn } from './semaphore/semaphore-handles.ts';

const TOKEN = 'semaphore-token-of-the-tests';

/** Behaves as the public API v1alpha of an organisation called acme; `url` ends in `/api/v1alpha`. */
export async function startSemaphore(options: SemaphoreOptions = {}): Promise<SemaphoreStandIn> {
  const { port, token = TOKEN, workflows = 73, projects = 3, jobs = 45 } = options;
  const world = seedWorld({ workflows, projects, jobs });
  const organisation = createOrganisation(world);
  const troubles = createTroubles();
  const requests: SemaphoreRequest[] = [];
  const samples = findSamples(world);
  const server = createServer(serve({ organisation, token, troubles, requests }));
  const listening = await listenLocally(server, port);
  return {
    ...{ url: `http://127.0.0.1:${listening.port}/api/v1alpha`, token, samples, requests },
    workflowIds: world.workflows.filter(({ projectId }) => projectId === samples.projectId).map(({ id }) => id),
    projectIds: world.projects.map(({ id }) => id),
    jobIds: world.jobs.toSorted(byPlace).map(({ id }) => id),
    ...{ started: organisation.started, stopped: organisation.stopped, promoted: organisation.promoted },
    ...{ failNext: troubles.failNext, loseNextAnswer: troubles.loseNextAnswer, close: listening.close },
  };
}
