import {
  type MachineTypeCreate,
  type MachineTypeUpdate,
  MachineTypeView,
} from '@fabomatic/machines';
import { recordSource } from '../frame/record-search/record-source';
import { type ResourceApi, resourceApi } from '../frame/resource-api';

export const MACHINE_TYPES_URL = '/api/v1/machine-types';

export type MachineTypesApi = ResourceApi<MachineTypeView, MachineTypeCreate, MachineTypeUpdate>;

/** Call it where `inject` may be called. */
export function machineTypesApi(): MachineTypesApi {
  return resourceApi({ url: MACHINE_TYPES_URL, view: MachineTypeView });
}

/** Types to choose from. */
export const MACHINE_TYPE_SOURCE = recordSource({
  url: MACHINE_TYPES_URL,
  item: MachineTypeView,
  label: ({ name }) => name,
});
