import { types } from 'node:util';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import { AppError } from '@fabomatic/kernel';
import type { Request, Response } from 'express';
import { correlationIdOf } from './correlation';
import { codeOfStatus, statusOf } from './error-status';

/** The body of every answer that is an error. */
export interface ErrorBody {
  readonly code: string;
  readonly params: AppError['params'];
  readonly fields?: AppError['fields'];
  /** Leads from what a person reports to the line of the log. */
  readonly correlationId: string;
}

/** Answers whatever was thrown while a request was handled. Only defects are logged. */
@Catch()
export class AppExceptionFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    // Handlers of messages from boards answer in their own way.
    if (host.getType() !== 'http') throw exception;
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const correlationId = correlationIdOf(response);
    const error = toAppError(exception);
    const status = statusOf(error.code) ?? 500;
    if (status >= 500) {
      const msg = `${request.method} ${request.path} failed: ${messageOf(exception)}`;
      this.logger.error({ msg, correlationId }, exception, 'Http');
    }
    if (response.headersSent) {
      response.end();
      return;
    }
    response.status(status).json(errorBody(error, correlationId));
  }
}

/** A code that is in no list is a defect, and what it carries is not for strangers. */
export function errorBody({ code, params, fields }: AppError, correlationId: string): ErrorBody {
  if (statusOf(code) === undefined) return { code: 'internal', params: {}, correlationId };
  return { code, params, ...(fields === undefined ? {} : { fields }), correlationId };
}

function toAppError(exception: unknown): AppError {
  if (exception instanceof AppError) return exception;
  if (exception instanceof HttpException) return new AppError(codeOfStatus(exception.getStatus()));
  return new AppError(codeOfStatus(statusOfExpressError(exception)));
}

/** body-parser and Express throw plain errors that carry the status: 413, 400, 415... */
function statusOfExpressError(exception: unknown): number {
  const isExpose =
    types.isNativeError(exception) && 'expose' in exception && exception.expose === true;
  return isExpose && 'status' in exception && typeof exception.status === 'number'
    ? exception.status
    : 500;
}

function messageOf(exception: unknown): string {
  return types.isNativeError(exception) ? exception.message : String(exception);
}
