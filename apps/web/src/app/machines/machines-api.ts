import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import {
  type MachineCommandKind,
  MachineCommandView,
  type MachineCreate,
  MachineImpactView,
  type MachineUpdate,
  MachineView,
} from '@fabomatic/machines';
import { firstValueFrom } from 'rxjs';
import { recordSource } from '../frame/record-search/record-source';
import { type ResourceApi, resourceApi } from '../frame/resource-api';

export const MACHINES_URL = '/api/v1/machines';

export interface MachinesApi extends ResourceApi<MachineView, MachineCreate, MachineUpdate> {
  /** What would go with the machine. */
  impact(id: number): Promise<MachineImpactView>;
  /** Also while somebody is working on it. */
  removeInUse(id: number): Promise<void>;
  /** Tells its board to start or to stop; what became of it comes with the live feed. */
  command(id: number, command: MachineCommandKind): Promise<MachineCommandView>;
}

/** Call it where `inject` may be called. */
export function machinesApi(): MachinesApi {
  const http = inject(HttpClient);
  return {
    ...resourceApi<typeof MachineView, MachineCreate, MachineUpdate>({
      url: MACHINES_URL,
      view: MachineView,
    }),
    impact: async (id) =>
      MachineImpactView.parse(await firstValueFrom(http.get(`${MACHINES_URL}/${id}/impact`))),
    removeInUse: async (id) => {
      await firstValueFrom(http.delete(`${MACHINES_URL}/${id}`, { params: { force: true } }));
    },
    command: async (id, command) => {
      const answer = http.post(`${MACHINES_URL}/${id}/commands`, { command });
      return MachineCommandView.parse(await firstValueFrom(answer));
    },
  };
}

/** Machines to choose from. */
export const MACHINE_SOURCE = recordSource({
  url: MACHINES_URL,
  item: MachineView,
  label: ({ name }) => name,
  hint: ({ typeName }) => typeName ?? '',
});
