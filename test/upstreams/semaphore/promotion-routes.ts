import { bareJson, NOT_FOUND, type Answer } from './answer.ts';
import { answerPage } from './numbered-pages.ts';
import { SWITCH } from './pipeline.document.ts';
import { promote } from './promote.ts';
import { promotionDocument } from './promotion.document.ts';
import { textOf } from './request-params.ts';
import type { Question, Routes } from './route.ts';
import type { Pipeline } from './world.ts';

const onPipeline =
  (answer: (pipeline: Pipeline, question: Question) => Answer) =>
  (question: Question): Answer => {
    const wanted = textOf(question.params, 'pipeline_id');
    const pipeline = question.organisation.world.pipelines.find(({ id }) => id === wanted);
    return pipeline === undefined ? NOT_FOUND : answer(pipeline, question);
  };

/** For what another service refuses without a status that this one knows. */
const INTERNAL = bareJson(500, 'Internal error');

const MAX_SIZE = 99;

/** Unlike other lists of this kind its pages have 10 items, 99 at most, and what is no number is an error. */
const listPromotions = (pipeline: Pipeline, { organisation, params, target }: Question): Answer => {
  const { page = '1', page_size: pageSize = '10' } = params;
  if (!isInteger(page)) return notAnInteger('page', page);
  if (!isInteger(pageSize)) return notAnInteger('page_size', pageSize);
  const asked = { page: Number(page), pageSize: Number(pageSize), target };
  if (asked.page < 1 || asked.pageSize < 1 || asked.pageSize > MAX_SIZE || !hasTargets(pipeline)) return INTERNAL;
  const name = textOf(params, 'name');
  const found = organisation.world.promotions.filter(
    (one) => one.pipelineId === pipeline.id && (name === '' || one.name === name),
  );
  return answerPage(found, asked, promotionDocument);
};

const isInteger = (value: unknown): boolean => /^[+-]?\d+$/.test(String(value));

const notAnInteger = (field: string, value: unknown): Answer =>
  bareJson(400, `Invalid value of '${field}' param: ${JSON.stringify(value)} - needs to be integer.`);

const trigger = (pipeline: Pipeline, { organisation, params }: Question): Answer => {
  const { override = false } = params;
  if (!['true', 'false'].includes(String(override)))
    return bareJson(400, `Invalid value of 'override' param: ${JSON.stringify(override)} - needs to be boolean.`);
  if (!hasTargets(pipeline)) return INTERNAL;
  const name = textOf(params, 'name');
  if (!pipeline.targets.includes(name))
    return bareJson(400, `Target for switch: ${SWITCH} with name: ${name} not found`);
  const isOverride = String(override) === 'true';
  if (!isOverride && !hasPassed(pipeline))
    return bareJson(400, 'Triggering target when pipeline is not passed requires override confirmation.');
  promote(organisation, pipeline, { name, override: isOverride, requestToken: textOf(params, 'request_token') });
  return bareJson(200, 'Promotion successfully triggered.');
};

const hasTargets = ({ targets }: Pipeline): boolean => targets.length > 0;

const hasPassed = ({ state, result }: Pipeline): boolean => state === 'done' && result === 'passed';

export const promotionRoutes: Routes = {
  'GET /promotions': onPipeline(listPromotions),
  'POST /promotions': onPipeline(trigger),
};
