import { AppError } from '@fabomatic/kernel';
import type { NextFunction, Request, Response } from 'express';
import { errorBody } from './app-exception.filter';
import { correlationIdOf } from './correlation';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that a page of somebody else makes a browser send. Browsers say where a request
 * comes from and no page can make them lie; programs that are no browsers say nothing.
 */
export function refuseOtherSites(request: Request, response: Response, next: NextFunction): void {
  const site = request.get('sec-fetch-site');
  const isOurs = site === undefined || site === 'same-origin' || site === 'none';
  if (isOurs || SAFE_METHODS.has(request.method)) next();
  else {
    const error = new AppError('request.other_site');
    response.status(403).json(errorBody(error, correlationIdOf(response)));
  }
}
