import { HttpClient, HttpErrorResponse, HttpEventType, HttpResponse } from '@angular/common/http';
import { DOCUMENT, inject, Injectable } from '@angular/core';
import { lastValueFrom, tap } from 'rxjs';
import { type ApiError, apiError } from '../../auth/api-error';
import { LanguageChoice } from '../../language/language-choice';

export interface DownloadOptions {
  params?: Readonly<Record<string, string>>;
  /** For what the server does not name. */
  name?: string;
  /** Is told of the bytes that have come, again and again; a file that is made while it is sent has no known end. */
  onProgress?: (bytes: number) => void;
}

/** Files of the API. A plain link would not carry the session's token. */
@Injectable({ providedIn: 'root' })
export class Downloads {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);
  private readonly language = inject(LanguageChoice).current;

  /** Fetches a file and hands it to the browser. Answers with what went wrong, or null. */
  async save(url: string, options: DownloadOptions = {}): Promise<ApiError | null> {
    const { params = {}, name, onProgress } = options;
    const asked = this.http.get(url, {
      // The browser's own language, which the API would go by, is not always the reader's.
      params: url.endsWith('.xlsx') ? { lang: this.language(), ...params } : { ...params },
      responseType: 'blob',
      observe: 'events',
      reportProgress: onProgress !== undefined,
    });
    try {
      const answer = await lastValueFrom(
        asked.pipe(
          tap((event) => {
            if (event.type === HttpEventType.DownloadProgress) onProgress?.(event.loaded);
          }),
        ),
      );
      if (!(answer instanceof HttpResponse)) return null;
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
