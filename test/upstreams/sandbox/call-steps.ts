import type { SemaphoreSamples } from '../semaphore/semaphore-handles.ts';
import { bearer, type Step } from './step.ts';

/** `token` has the scopes ci:write and webhooks:write; `receiver` takes what is posted there. */
export const callSteps = (samples: SemaphoreSamples, receiver: string, token: string): readonly Step[] => {
  const headers = { ...bearer(token), 'Content-Type': 'application/json' };
  const post = { method: 'POST', headers, withHeaders: true } as const;
  return [
    {
      ...post,
      title: 'A write that need not be waited for: where its call is to be found; status 202',
      path: `/api/v1/ci/workflows/${samples.workflowId}/rerun`,
      headers: { ...bearer(token), Prefer: 'respond-async' },
    },
    {
      ...post,
      title: 'The same by the name of the operation: a call in the background; status 202',
      path: '/api/v1/calls',
      body: JSON.stringify({ operation: 'ci.stopWorkflow', input: { id: samples.workflowId } }),
    },
    { title: 'What became of my calls, the newest first', path: '/api/v1/calls?limit=2', headers: bearer(token) },
    {
      ...post,
      title: 'A webhook: told of every article that changes, signed with a secret that is shown this once; status 201',
      path: '/api/v1/subscriptions',
      body: JSON.stringify({ url: `${receiver}/upload`, topics: ['articles'] }),
    },
  ];
};
