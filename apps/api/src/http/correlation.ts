import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** Gives each request a name that leads from an error or an audit entry to the line of the log. */
export function correlate(_request: Request, response: Response, next: NextFunction): void {
  const id = randomUUID();
  response.locals['correlationId'] = id;
  response.setHeader('X-Correlation-Id', id);
  next();
}

/** The name of the request that `response` answers. */
export function correlationIdOf(response: Response): string {
  return String(response.locals['correlationId'] ?? '');
}
