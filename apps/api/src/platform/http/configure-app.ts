import { Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { Config } from '../config/config.js';
import { ErrorsFilter } from '../errors/errors.filter.js';
import { requestLog } from '../logging/request-log.js';
import { AnswerSerializer } from './answer-serializer.js';
import { compressed } from './compressed.js';
import { jsonBody } from './json-body.js';
import { serveOpenApi } from './openapi.js';
import { pages } from './pages.js';
import { securityHeaders } from './security.js';
import { validationPipe } from './validation.js';

/**
 * How long a connection stays open for its next request. Longer than the minute for which proxies and senders commonly
 * keep theirs: whoever closes first must not be the one who is about to be asked.
 */
const KEEP_ALIVE_MS = 75_000;

/** Everything that is the same for all routes. The server and the tests of routes both use it. */
export function configureApp(app: NestExpressApplication, { pagesFolder }: { pagesFolder: string | null }): void {
  const config = app.get(Config);
  app.getHttpServer().keepAliveTimeout = KEEP_ALIVE_MS;
  app.disable('x-powered-by');
  app.set('trust proxy', config.http.trustedProxies);
  app.set('query parser', 'simple');
  app.use(requestLog);
  app.use(securityHeaders(config));
  app.use(compressed());
  if (pagesFolder) for (const handler of pages(pagesFolder)) app.use(handler);
  app.use(cookieParser());
  app.use(jsonBody(config.http.bodyLimitBytes));
  app.useGlobalFilters(new ErrorsFilter());
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new AnswerSerializer(app.get(Reflector)));
  serveOpenApi(app);
}
