import express, { type RequestHandler } from 'express';
import { toAppError } from '../errors/to-app-error.js';

/** Reads JSON bodies. Its errors are translated at once: the framework would take a broken body for any bad request. */
export function jsonBody(limitBytes: number): RequestHandler {
  const parse = express.json({ limit: limitBytes });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => (error === undefined ? next() : next(toAppError(error))));
}
