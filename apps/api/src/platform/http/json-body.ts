import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';
import { toAppError } from '../errors/to-app-error.js';

const withoutEscapes = new WeakSet<IncomingMessage>();

/**
 * Whether every text of the request's JSON is as it was sent. Only an escape can make half a character or a NUL of what
 * came in as UTF-8, so that nobody needs to look for them.
 */
export const hasPlainTexts = (request: IncomingMessage): boolean => withoutEscapes.has(request);

function noteEscapes(request: IncomingMessage, body: Buffer, encoding: string): void {
  if (encoding === 'utf-8' && !body.includes('\\u')) withoutEscapes.add(request);
}

/** Reads JSON bodies. Its errors are translated at once: the framework would take a broken body for any bad request. */
export function jsonBody(limitBytes: number): RequestHandler {
  const parse = express.json({
    limit: limitBytes,
    verify: (request, _response, body, encoding) => noteEscapes(request, body, encoding),
  });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => (error === undefined ? next() : next(toAppError(error))));
}
