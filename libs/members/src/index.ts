export {
  type AccessDecision,
  type AccessLevel,
  type AccessMachine,
  type AccessMember,
  decideAccess,
  LEVEL_MEMBER,
  LEVEL_STAFF,
} from './access-decision';
export {
  ChangePasswordRequest,
  CurrentMemberView,
  LoginRequest,
  LoginResponse,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './auth.schema';
export {
  CARD_UID_DIGITS,
  cardEnding,
  cardUidFromReader,
  NO_CARD_UID,
  normalizeCardUid,
} from './card-uid';
export { MEMBER_ERRORS, type MemberErrorCode } from './member-errors';
export { CardView, MemberView } from './member.schema';
export {
  mayInPortal,
  PORTAL_PERMISSIONS,
  portalAccessOf,
  type PortalPermission,
} from './portal-permission';
export { type MachineRole, PORTAL_ACCESS, type PortalAccess } from './role';
export {
  FoundMachine,
  FoundMember,
  FoundPlan,
  SEARCH_LIMIT,
  SearchQuery,
  SearchResults,
} from './search.schema';
