import { stableId } from './stable-id.ts';
import type { Project } from './world.ts';

export const ORGANISATION = stableId('organisation', 0);
export const OWNER = stableId('user', 0);

/** The document of `/projects/{name}`, and of the list. */
export const projectDocument = ({ id, name, number }: Project): object => ({
  apiVersion: 'v1alpha',
  kind: 'Project',
  metadata: { name, id, description: number === 1 ? '' : `The ${name} of all`, org_id: ORGANISATION, owner_id: OWNER },
  spec: {
    repository: repositoryDocument(name),
    schedulers: [],
    tasks: number === 0 ? [taskDocument()] : [],
    visibility: number === 1 ? 'public' : 'private',
    custom_permissions: false,
    debug_permissions: [],
    attach_permissions: [],
  },
});

const repositoryDocument = (name: string): object => ({
  name,
  owner: 'acme',
  url: `git@github.com:acme/${name}.git`,
  forked_pull_requests: { allowed_secrets: [], allowed_contributors: [] },
  run_on: ['branches', 'tags'],
  pipeline_file: '.semaphore/semaphore.yml',
  status: { pipeline_files: [{ path: '.semaphore/semaphore.yml', level: 'pipeline' }] },
  whitelist: { branches: [], tags: [] },
  integration_type: 'github_app',
});

const taskDocument = (): object => ({
  id: stableId('task', 0),
  name: 'Nightly',
  description: '',
  scheduled: true,
  branch: 'refs/heads/main',
  reference: { type: 'branch', name: 'main' },
  at: '0 0 * * *',
  pipeline_file: '.semaphore/nightly.yml',
  parameters: [],
  status: 'ACTIVE',
});
