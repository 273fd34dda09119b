import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { DOCUMENT, inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { type ApiError, apiError } from '../../auth/api-error';

/** Files of the API. A plain link would not carry the session's token. */
@Injectable({ providedIn: 'root' })
export class Downloads {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);

  /**
   * Fetches a file and hands it to the browser. Answers with what went wrong, or null. `name`: for
   * what the server does not name.
   */
  async save(
    url: string,
    params: Readonly<Record<string, string>> = {},
    name?: string,
  ): Promise<ApiError | null> {
    try {
      const answer = await firstValueFrom(
        this.http.get(url, { params: { ...params }, responseType: 'blob', observe: 'response' }),
      );
      const given = name ?? fileName(answer.headers.get('Content-Disposition'), url);
      if (answer.body) this.hand(answer.body, given);
      return null;
    } catch (error) {
      return blobError(error); // a refusal, or no answer
    }
  }

  /** A text that the page has already. */
  saveText(text: string, name: string): void {
    this.hand(new Blob([text], { type: 'text/plain' }), name);
  }

  private hand(file: Blob, name: string): void {
    const link = this.document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** The name that the server gives, else the last part of the address. */
function fileName(disposition: string | null, url: string): string {
  const given = /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1];
  return given ?? url.slice(url.lastIndexOf('/') + 1);
}

/** Who asks for a blob gets the error's body as a blob too. */
async function blobError(error: unknown): Promise<ApiError> {
  if (!(error instanceof HttpErrorResponse) || !(error.error instanceof Blob))
    return apiError(error);
  const { status, statusText } = error;
  const text = await error.error.text();
  try {
    return apiError(new HttpErrorResponse({ status, statusText, error: JSON.parse(text) }));
  } catch {
    return apiError(new HttpErrorResponse({ status, statusText })); // not JSON: a proxy's page
  }
}
