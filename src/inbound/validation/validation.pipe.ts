import type { ValidationError, ValidationPipe } from '@nestjs/common';
import { InvalidRequest } from '../problems/invalid-request.ts';
import type { FieldError } from '../problems/problem.ts';
import { DepthProofPipe } from './depth-proof.pipe.ts';

/** Params, queries and bodies are checked against their DTO; fields it does not know are refused. */
export const createValidationPipe = (): ValidationPipe =>
  new DepthProofPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new InvalidRequest(errors.flatMap((error) => toFieldErrors(error))),
  });

/** Names the field with its path, and says what is wrong without repeating the value. */
const toFieldErrors = ({ property, constraints, children = [] }: ValidationError, parent = ''): FieldError[] => {
  const field = parent + property;
  const own = Object.values(constraints ?? {}).map((detail) => ({ field, detail: withoutName(detail, property) }));
  return [...own, ...children.flatMap((child) => toFieldErrors(child, `${field}.`))];
};

const withoutName = (detail: string, property: string): string =>
  detail.replace(`property ${property} should not exist`, 'is not known here').replace(`${property} `, '');
