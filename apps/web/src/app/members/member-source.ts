import { MemberView } from '@fabomatic/members';
import { recordSource } from '../frame/record-search/record-source';

/** Members to choose from. */
export const MEMBER_SOURCE = recordSource({
  url: '/api/v1/members',
  item: MemberView,
  label: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim(),
  hint: ({ roleName }) => roleName,
});
