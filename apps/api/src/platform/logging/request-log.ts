import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { log } from './log.js';
import { inContext, type RequestContext } from './request-context.js';

const GIVEN_ID = /^[\w-]{8,64}$/;

/** Gives each request an id (a proxy's own is kept), answers it in X-Request-Id, and logs the request at its end. */
export function requestLog(request: Request, response: Response, next: NextFunction): void {
  const given = request.header('x-request-id');
  const context: RequestContext = { requestId: given && GIVEN_ID.test(given) ? given : randomUUID() };
  const start = performance.now();
  response.setHeader('X-Request-Id', context.requestId);
  response.once('close', () =>
    inContext(context, () => {
      const ms = Math.round(performance.now() - start);
      const path = request.originalUrl.split('?', 1)[0];
      const entry = { method: request.method, path, status: response.statusCode, ms };
      const message = response.writableFinished ? 'request' : 'request cut off';
      if (response.statusCode >= 500) log.error(entry, message);
      else if (path?.startsWith('/api/')) log.info(entry, message);
      else log.debug(entry, message);
    }),
  );
  inContext(context, next);
}
