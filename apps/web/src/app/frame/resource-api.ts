import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type * as z from 'zod';

/**
 * What can be done with the records of one resource. Every answer is checked against the schema of
 * the shared lib. A refusal rejects with Angular's error: read it with `apiError`.
 */
export interface ResourceApi<View, Create, Update> {
  create(body: Create): Promise<View>;
  /** `body` holds the `version` that the change was made from. */
  update(id: number, body: Update): Promise<View>;
  remove(id: number): Promise<void>;
  /** `POST <url>/<id>/<what>`, such as blocking a machine; answers with the record. */
  act(id: number, what: string, body?: unknown): Promise<View>;
}

/** Makes a {@link ResourceApi}; call it where `inject` may be called. Lists and details load by themselves. */
export function resourceApi<V extends z.ZodType, Create, Update>(options: {
  /** '/api/v1/machine-types' */
  url: string;
  view: V;
}): ResourceApi<z.infer<V>, Create, Update> {
  const http = inject(HttpClient);
  const { url, view } = options;
  return {
    create: async (body) => view.parse(await firstValueFrom(http.post(url, body))),
    update: async (id, body) => view.parse(await firstValueFrom(http.patch(`${url}/${id}`, body))),
    remove: async (id) => {
      await firstValueFrom(http.delete(`${url}/${id}`));
    },
    act: async (id, what, body = {}) =>
      view.parse(await firstValueFrom(http.post(`${url}/${id}/${what}`, body))),
  };
}
