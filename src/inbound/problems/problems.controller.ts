import { Controller, Get, Header, NotFoundException, Param, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../authentication/access.ts';
import { isProblemCode, PROBLEMS, type ProblemCode } from './problem.ts';

/** The pages that the `type` of a problem points to. */
@Public()
@ApiExcludeController()
@Controller({ path: 'problems', version: VERSION_NEUTRAL })
export class ProblemsController {
  @Get(':code')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  explain(@Param('code') code: string): string {
    if (!isProblemCode(code)) throw new NotFoundException('There is no problem of that code');
    return toPage(code);
  }
}

/** Every word on it is our own: no input reaches the page. */
const toPage = (code: ProblemCode): string => {
  const { status, title, explanation } = PROBLEMS[code];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<main>
<h1>${title}</h1>
<p><code>${code}</code>, status ${status}</p>
<p>${explanation}</p>
</main>
</html>
`;
};
