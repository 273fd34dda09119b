import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { type UseCorrection, type UseCreate, UseView } from '@fabomatic/uses';
import { firstValueFrom } from 'rxjs';
import { type ResourceApi, resourceApi } from '../frame/resource-api';

export const USES_URL = '/api/v1/uses';

export interface UsesApi extends ResourceApi<UseView, UseCreate, UseCorrection> {
  /** Also takes away from the machine what the use counted, or leaves it. */
  removeWithHours(id: number, hours: 'keep' | 'subtract'): Promise<void>;
}

/** Call it where `inject` may be called. */
export function usesApi(): UsesApi {
  const http = inject(HttpClient);
  return {
    ...resourceApi<typeof UseView, UseCreate, UseCorrection>({ url: USES_URL, view: UseView }),
    removeWithHours: async (id, hours) => {
      await firstValueFrom(http.delete(`${USES_URL}/${id}`, { params: { hours } }));
    },
  };
}
