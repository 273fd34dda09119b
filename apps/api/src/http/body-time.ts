import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Observable } from 'rxjs';

/** 1 MB at most; whoever takes longer keeps the place of others. */
const BODY_TIME_MS = 15_000;
/** Of a file: how long nothing may come. A disk or a Wi-Fi may halt for some seconds. */
const STALL_MS = 30_000;
/** Of a file in all: a backup of 4 GB at 40 Mbit/s. */
export const LONGEST_UPLOAD_MS = 900_000;

/** Key: a request whose body has not come yet; value: what would end it. */
const deadlines = new WeakMap<Request, NodeJS.Timeout>();

/** Ends the connection of whoever does not send what the header announced. Before the body is read. */
export function limitBodyTime(request: Request, response: Response, next: NextFunction): void {
  const { headers } = request;
  const hasBody = 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody) {
    setDeadline(request);
    request.once('close', () => clearTimeout(deadlines.get(request)));
    // Somebody may have sent a part of a file and be refused: the rest is nobody's.
    response.once('finish', () => setDeadline(request));
  }
  next();
}

function setDeadline(request: Request): void {
  clearTimeout(deadlines.get(request));
  if (request.complete) return;
  const end = () => endUnlessComplete(request);
  deadlines.set(request, setTimeout(end, BODY_TIME_MS).unref());
}

function endUnlessComplete(request: Request): void {
  if (!request.complete) request.socket.destroy();
}

/** Files may come slowly, as long as they come. Interceptors begin after the guards: not for strangers. */
@Injectable()
class UploadTime implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    clearTimeout(deadlines.get(request));
    if (!request.complete) watchForStall(request);
    return next.handle();
  }
}

function watchForStall(request: Request): void {
  let seenBytes = request.socket.bytesRead;
  const look = setInterval(() => {
    if (request.socket.bytesRead === seenBytes) endUnlessComplete(request);
    seenBytes = request.socket.bytesRead;
  }, STALL_MS).unref();
  deadlines.set(request, look);
}

/** For routes that take a file in; below an interceptor that reads the file. */
export const TakesFile = (): MethodDecorator => UseInterceptors(UploadTime);
