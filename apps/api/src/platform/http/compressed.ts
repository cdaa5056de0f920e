import compression from 'compression';
import type { RequestHandler } from 'express';

/** Shorter than this, an answer fits into a packet as it is. */
const MIN_BYTES = 1_400;

/** Pages and answers travel compressed; events that a page waits for do not, because each must leave at once. */
export function compressed(): RequestHandler {
  return compression({
    threshold: MIN_BYTES,
    filter: (request, response) =>
      !isEventStream(response.getHeader('Content-Type')) && compression.filter(request, response),
  });
}

function isEventStream(type: number | string | string[] | undefined): boolean {
  return String(type ?? '').startsWith('text/event-stream');
}
