import { HttpErrorResponse } from '@angular/common/http';
import * as z from 'zod';

const ErrorBody = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** What went wrong, ready for `Words.error`: `network` when nothing answered. */
export type ApiError = z.infer<typeof ErrorBody>;

/** Reads the API's error body; what is not one (a proxy's page, a defect) becomes `internal`. */
export function apiError(error: unknown): ApiError {
  if (!(error instanceof HttpErrorResponse)) return { code: 'internal', params: {} };
  if (error.status === 0) return { code: 'network', params: {} };
  return ErrorBody.safeParse(error.error).data ?? { code: 'internal', params: {} };
}
