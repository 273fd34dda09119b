import { type ApiKeyCreate, NewApiKeyView } from '@fabomatic/members';
import { type ResourceApi, resourceApi } from '../../frame/resource-api';

export const API_KEYS_URL = '/api/v1/api-keys';

/** Keys are made and revoked, never changed. Call it where `inject` may be called. */
export function apiKeysApi(): Pick<
  ResourceApi<NewApiKeyView, ApiKeyCreate, never>,
  'create' | 'remove'
> {
  return resourceApi<typeof NewApiKeyView, ApiKeyCreate, never>({
    url: API_KEYS_URL,
    view: NewApiKeyView,
  });
}
