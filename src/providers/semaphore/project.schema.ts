import { z } from 'zod';
import type { SemaphoreProject } from './semaphore-shapes.ts';
import { id, text, word } from './semaphore-fields.ts';

const VISIBILITIES = ['private', 'public'];

const repository = z.object({
  name: text,
  owner: text,
  url: text,
  pipeline_file: text,
  integration_type: word(),
  run_on: z.array(z.string()).nullish(),
});

export const semaphoreProject = z
  .object({
    metadata: z.object({ id, name: z.string(), description: text, owner_id: text }),
    spec: z.object({ repository: repository.nullish(), visibility: word(VISIBILITIES) }).nullish(),
  })
  .transform(({ metadata, spec }): SemaphoreProject => {
    const { id, name, description, owner_id: ownerId } = metadata;
    const visibility = spec?.visibility ?? null;
    return { id, name, description, ownerId, visibility, repository: toRepository(spec?.repository) };
  });

const toRepository = (answer: z.infer<typeof repository> | null | undefined): SemaphoreProject['repository'] => {
  if (!answer) return null;
  const { name, owner, url, pipeline_file: pipelineFile, integration_type: integration, run_on } = answer;
  return { name, owner, url, pipelineFile, integration, runOn: (run_on ?? []).map((event) => event.toLowerCase()) };
};
