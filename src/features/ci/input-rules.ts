import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateIf } from 'class-validator';
import { LowerCase } from '../../inbound/validation/lower-case.ts';

/** What an id or a name may be, whichever CI service gives it: one segment of a path, and none that climbs. */
export const IDENTIFIER = /^(?!\.{1,2}$)[\w.-]{1,100}$/;
export const IDENTIFIER_RULE = 'must be 1 to 100 letters, digits, dots, dashes and underscores, and not only dots';

/** Absent is fine, null is not. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

export const Identifier = (): PropertyDecorator => Matches(IDENTIFIER, { message: IDENTIFIER_RULE });

/** Name of a branch, tag or the like: the part of git-check-ref-format that matters to whoever passes it on. */
export const GitReference = (): PropertyDecorator =>
  Matches(/^(?!.*(?:\.\.|%[\da-fA-F]{2}))[^\p{C}\p{Z}\\]{1,255}$/u, {
    message: 'must be 1 to 255 printable characters without blanks, backslashes, `..` and anything percent-encoded',
  });

export const CommitSha = (): PropertyDecorator =>
  applyDecorators(LowerCase(), Matches(/^[\da-f]{7,64}$/, { message: 'must be 7 to 64 hexadecimal digits' }));

/** A path that stays in the repository. */
export const RepositoryPath = (): PropertyDecorator =>
  Matches(/^(?=.{1,255}$)(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/, {
    message:
      'must be a relative path of at most 255 letters, digits, dots, dashes, underscores and slashes, without `..`',
  });

export const PromotionName = (): PropertyDecorator =>
  Matches(/^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,255}$/u, { message: 'must be 1 to 255 printable characters' });
