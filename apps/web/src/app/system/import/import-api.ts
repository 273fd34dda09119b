import { HttpClient, type HttpEvent, HttpEventType } from '@angular/common/http';
import { inject } from '@angular/core';
import { ImportReportView, type ImportRun, ImportState } from '@fabomatic/system';
import { filter, firstValueFrom, tap } from 'rxjs';

const URL = '/api/v1/imports';

export interface ImportApi {
  state(): Promise<ImportState>;
  /** `progress` gets what part of the file has left, from 0 to 1. */
  upload(file: File, progress: (part: number) => void): Promise<ImportState>;
  forget(): Promise<void>;
  tryOut(run: ImportRun): Promise<ImportReportView>;
  run(run: ImportRun): Promise<ImportReportView>;
}

/** Call it where `inject` may be called. */
export function importApi(): ImportApi {
  const http = inject(HttpClient);
  return {
    state: async () => ImportState.parse(await firstValueFrom(http.get(URL))),
    upload: async (file, progress) => {
      const sent = http.post(`${URL}/upload`, file, {
        params: { name: file.name.slice(-200) },
        headers: { 'Content-Type': 'application/octet-stream' },
        observe: 'events',
        reportProgress: true,
      });
      const answer = await firstValueFrom(
        sent.pipe(
          tap((event) => {
            if (event.type === HttpEventType.UploadProgress) {
              progress(event.loaded / Math.max(event.total ?? file.size, 1));
            }
          }),
          filter(isAnswer),
        ),
      );
      return ImportState.parse(answer.body);
    },
    forget: async () => {
      await firstValueFrom(http.delete(`${URL}/upload`));
    },
    tryOut: async (run) =>
      ImportReportView.parse(await firstValueFrom(http.post(`${URL}/trial`, run))),
    run: async (run) => ImportReportView.parse(await firstValueFrom(http.post(URL, run))),
  };
}

function isAnswer(event: HttpEvent<object>) {
  return event.type === HttpEventType.Response;
}
