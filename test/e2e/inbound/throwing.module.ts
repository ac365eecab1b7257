import {
  BadGatewayException,
  ConflictException,
  Controller,
  Get,
  GoneException,
  HttpException,
  ImATeapotException,
  Module,
  Param,
  UnauthorizedException,
} from '@nestjs/common';
import { Public } from '../../../src/inbound/authentication/access.ts';

/** Appears in whatever is thrown below and must not appear in an answer of status 500. */
export const INSIDE = 'the inside story';

const circular: { self?: object; note: string } = { note: INSIDE };
circular.self = circular;

/** Everything a careless handler may throw. */
export const THROWN: Readonly<Record<string, unknown>> = {
  string: INSIDE,
  empty: '',
  undefined: undefined,
  null: null,
  number: 42,
  symbol: Symbol(INSIDE),
  object: { message: INSIDE, status: 404, statusCode: 404 },
  circular,
  function: () => INSIDE,
  error: new Error(INSIDE),
  'error-with-status': Object.assign(new Error(INSIDE), { status: 400, statusCode: 400 }),
  'http-500': new HttpException(INSIDE, 500),
  'http-502': new BadGatewayException(INSIDE),
  'http-599': new HttpException(INSIDE, 599),
  'http-302': new HttpException(INSIDE, 302),
  'http-200': new HttpException(INSIDE, 200),
  'http-999': new HttpException(INSIDE, 999),
  'http-0': new HttpException(INSIDE, 0),
  'http-nan': new HttpException(INSIDE, Number.NaN),
};

/** What a handler throws to refuse a request: status and all reach the caller. */
export const REFUSALS: Readonly<Record<string, HttpException>> = {
  unauthorized: new UnauthorizedException('Who are you?'),
  conflict: new ConflictException('Somebody was faster'),
  gone: new GoneException('It was here'),
  teapot: new ImATeapotException('Short and stout'),
  'with-body': new HttpException({ custom: INSIDE, message: 'In short' }, 422),
};

@Public()
@Controller({ path: 'throwing', version: '1' })
class ThrowingController {
  @Get('at-once/:what')
  atOnce(@Param('what') what: string): never {
    throw what in THROWN ? THROWN[what] : REFUSALS[what];
  }

  @Get('later/:what')
  later(@Param('what') what: string): Promise<never> {
    return new Promise((_resolve, reject) => setImmediate(reject, what in THROWN ? THROWN[what] : REFUSALS[what]));
  }
}

@Module({ controllers: [ThrowingController] })
export class ThrowingModule {}
