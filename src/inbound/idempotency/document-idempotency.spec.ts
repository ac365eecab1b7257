import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { problemResponses } from '../problems/api-problems.ts';
import { documentIdempotency } from './document-idempotency.ts';

type Path = OpenAPIObject['paths'][string];

const describePath = (path: object): Path =>
  documentIdempotency({ openapi: '3.0.0', info: { title: '', version: '' }, paths: { '/a': path } }).paths['/a']!;
const operation = (access: string, responses: object = {}) => ({ 'x-access': access, responses });
const codesOf = (path: Path, status: string): string[] => {
  const response = path.post!.responses[status] as { content: Record<string, { examples: object }> };
  return Object.keys(response.content['application/problem+json']!.examples);
};

describe('the documentation of keys', () => {
  it.each([
    ['a read', { get: operation('token') }],
    ['a write for everybody', { post: operation('public') }],
    ['a write for operators', { delete: operation('operators') }],
  ])('says nothing of %s', (_what, path) => {
    expect(describePath(structuredClone(path))).toEqual(path);
  });

  it.each(['post', 'put', 'patch', 'delete'] as const)('says of %s what it takes and answers', (method) => {
    const { parameters, responses } = describePath({ [method]: operation('token') })[method]!;
    expect(parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: false }]);
    expect(Object.keys(responses)).toEqual(['409', '422', '503']);
  });

  it('leaves what is said of a status already', () => {
    const path = describePath({ post: operation('token', problemResponses(['conflict', 'overloaded'])) });
    expect(codesOf(path, '409')).toEqual(expect.arrayContaining(['conflict', 'idempotency_in_flight']));
    expect(codesOf(path, '503')).toEqual(['overloaded', 'unavailable']);
    expect(codesOf(path, '422')).toEqual(['idempotency_mismatch']);
  });
});
