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
  CardUid,
  cardUidFromReader,
  NO_CARD_UID,
  normalizeCardUid,
} from './card-uid';
export { MEMBER_ERRORS, type MemberErrorCode } from './member-errors';
export { emailKey } from './member-email';
export { type EmailUser, mayChangeMember, missingEmail } from './member-rules';
export {
  CardCreate,
  CardUpdate,
  CardView,
  MEMBER_LANGUAGES,
  MEMBER_SORTS,
  MEMBER_STATUSES,
  MemberCreate,
  MemberImpact,
  type MemberLanguage,
  MemberListQuery,
  type MemberStatus,
  MemberSummary,
  MemberUpdate,
  MemberView,
  RECENT_DAYS,
} from './member.schema';
export {
  mayInPortal,
  PORTAL_PERMISSIONS,
  portalAccessOf,
  type PortalPermission,
} from './portal-permission';
export {
  AUTHORIZATION_SORTS,
  AuthorizationBulk,
  AuthorizationBulkResult,
  AuthorizationCreate,
  AuthorizationListQuery,
  AuthorizationMatrix,
  AuthorizationMatrixQuery,
  AuthorizationPair,
  AuthorizationView,
  MATRIX_SORTS,
  MatrixMachine,
  MatrixMember,
  MAX_BULK_PAIRS,
} from './authorization.schema';
export { type MachineRole, PORTAL_ACCESS, type PortalAccess, SYSTEM_ROLE } from './role';
export {
  ROLE_SORTS,
  RoleCreate,
  RoleDelete,
  RoleListQuery,
  RoleUpdate,
  RoleView,
} from './role.schema';
export {
  UNRECOGNIZED_CARD_SORTS,
  UnrecognizedCardListQuery,
  UnrecognizedCardView,
} from './unrecognized-card.schema';
export {
  FoundMachine,
  FoundMember,
  FoundPlan,
  SEARCH_LIMIT,
  SearchQuery,
  SearchResults,
} from './search.schema';
