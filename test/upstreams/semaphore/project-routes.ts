import { bareJson, type Answer } from './answer.ts';
import { projectDocument } from './project.document.ts';
import type { Question, Routes } from './route.ts';

const PAGE_SIZE = 500;
const LAST_PAGE = 100;

const listProjects = ({ organisation, params }: Question): Answer => {
  const page = readPage(params['page']);
  if (typeof page === 'string') return bareJson(400, { message: page });
  const { projects } = organisation.world;
  const from = (page - 1) * PAGE_SIZE;
  const cut = projects.slice(from, from + PAGE_SIZE);
  const hasMore = from + cut.length < projects.length;
  return bareJson(200, cut.map(projectDocument), {
    'x-page': String(page),
    'x-has-more': String(hasMore),
  });
};

const readPage = (asked: unknown): number | string => {
  if (asked === undefined) return 1;
  if (typeof asked !== 'string' || !/^[+-]?\d+$/.test(asked)) return 'page must be a number';
  const page = Number(asked);
  if (page < 1) return 'page must be at least 1';
  return page > LAST_PAGE ? `page must be at most ${LAST_PAGE}` : page;
};

/** By name alone: an id is no name. */
const getProject = ({ organisation, id }: Question): Answer => {
  const project = organisation.world.projects.find(({ name }) => name === id);
  return project === undefined ? bareJson(404, { message: 'Not found' }) : bareJson(200, projectDocument(project));
};

export const projectRoutes: Routes = {
  'GET /projects': listProjects,
  'GET /projects/:': getProject,
};
