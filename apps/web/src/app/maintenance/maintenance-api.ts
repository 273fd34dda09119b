import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import {
  type InterventionCreate,
  type InterventionUpdate,
  InterventionView,
  type MaintenancePlanCreate,
  MaintenancePlanImpactView,
  type MaintenancePlanUpdate,
  MaintenancePlanView,
} from '@fabomatic/maintenance';
import { firstValueFrom } from 'rxjs';
import { recordSource } from '../frame/record-search/record-source';
import { type ResourceApi, resourceApi } from '../frame/resource-api';

export const PLANS_URL = '/api/v1/maintenance-plans';
export const INTERVENTIONS_URL = '/api/v1/interventions';

export interface PlansApi extends ResourceApi<
  MaintenancePlanView,
  MaintenancePlanCreate,
  MaintenancePlanUpdate
> {
  /** What would go with the plan. */
  impact(id: number): Promise<MaintenancePlanImpactView>;
}

/** Call it where `inject` may be called. */
export function plansApi(): PlansApi {
  const http = inject(HttpClient);
  return {
    ...resourceApi<typeof MaintenancePlanView, MaintenancePlanCreate, MaintenancePlanUpdate>({
      url: PLANS_URL,
      view: MaintenancePlanView,
    }),
    impact: async (id) =>
      MaintenancePlanImpactView.parse(await firstValueFrom(http.get(`${PLANS_URL}/${id}/impact`))),
  };
}

export type InterventionsApi = ResourceApi<
  InterventionView,
  Partial<InterventionCreate>,
  InterventionUpdate
>;

/** Call it where `inject` may be called. */
export function interventionsApi(): InterventionsApi {
  return resourceApi({ url: INTERVENTIONS_URL, view: InterventionView });
}

/** Plans to choose from. */
export const PLAN_SOURCE = recordSource({
  url: PLANS_URL,
  item: MaintenancePlanView,
  label: ({ description, machineName }) => `${description}, ${machineName}`,
});
