import { HttpErrorResponse } from '@angular/common/http';
import * as z from 'zod';

const ErrorBody = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** Dotted path of a field -> its code. */
  fields: z.record(z.string(), z.string()).default({}),
});

/** What went wrong, ready for `Words.error`: `network` when nothing answered. */
export type ApiError = z.infer<typeof ErrorBody>;

const plain = (code: string): ApiError => ({ code, params: {}, fields: {} });

/** Reads the API's error body; what is not one (a proxy's page, a defect) becomes `internal`. */
export function apiError(error: unknown): ApiError {
  if (!(error instanceof HttpErrorResponse)) return plain('internal');
  if (error.status === 0) return plain('network');
  return ErrorBody.safeParse(error.error).data ?? plain('internal');
}
