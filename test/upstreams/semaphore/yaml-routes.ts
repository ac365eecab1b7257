import { bareJson, NOT_FOUND, type Answer } from './answer.ts';
import { textOf } from './request-params.ts';
import type { Question, Routes } from './route.ts';

/** What every definition has on its top level. */
const REQUIRED = ['version', 'agent', 'blocks'];

const validate = ({ organisation, params }: Question): Answer => {
  const pipelineId = textOf(params, 'pipeline_id');
  const isKnown = pipelineId === '' || organisation.world.pipelines.some(({ id }) => id === pipelineId);
  if (!isKnown) return NOT_FOUND;
  const yaml = textOf(params, 'yaml_definition');
  if (yaml === '') return bareJson(400, 'Missing required post parameter yaml_definition.');
  const missing = REQUIRED.find((name) => !new RegExp(`^${name}:`, 'm').test(yaml));
  if (missing !== undefined)
    return bareJson(400, `{:malformed, {:expected, "Required property ${missing} was not present."}}`);
  return bareJson(200, { pipeline_id: pipelineId, message: 'YAML definition is valid.' });
};

export const yamlRoutes: Routes = { 'POST /yaml': validate };
