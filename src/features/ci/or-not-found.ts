import { NotFoundException } from '@nestjs/common';
import { isAbsent } from '../../outbound/index.ts';

/**
 * What was asked for.
 * @param what for people, such as `workflow 7`
 * @throws NotFoundException when the CI service knows none
 */
export const orNotFound = async <T>(answer: Promise<T>, what: string): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw isAbsent(error) ? new NotFoundException(`There is no ${what}`) : error;
  }
};
