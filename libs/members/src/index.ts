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
  FIRST_PASSWORD,
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
export { MyAuthorizationView, MyDataUpdate, MyDataView, MyListQuery, MyUseView } from './me.schema';
export {
  type AlertByHand,
  AlertMailsRequest,
  AlertMailsSent,
  ALERTS_BY_HAND,
  MAIL_KINDS,
  MAIL_PROBLEMS,
  MAIL_STATES,
  type MailKind,
  MailListQuery,
  MailPreview,
  MailPreviewQuery,
  type MailProblem,
  type MailState,
  MailView,
  TestMailRequest,
  TestMailResult,
  WeeklySummaryPlan,
  WeeklySummarySent,
} from './mail.schema';
export { DISCARDED, mailProblemOf, UNREADABLE } from './mail-problem';
export {
  type AlertMails,
  MAIL_FIELDS,
  MAIL_TOPICS,
  MailPreferencesUpdate,
  MailPreferencesView,
  type MailRole,
  type MailTopic,
  mailsOutsideRole,
  mailTopicsOf,
  type SummaryParts,
  summaryParts,
  UNSUBSCRIBE_PATH,
  UnsubscribeQuery,
  UnsubscribeView,
  wantsAlerts,
} from './mail-preferences';
export { MemberData } from './member-data.schema';
export {
  MEMBERSHIP_STATES,
  type MembershipDays,
  type MembershipEnd,
  membershipState,
  type MembershipState,
} from './membership';
export { ErasureView } from './erasure.schema';
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
  API_KEY_PERMISSIONS,
  API_KEY_PREFIX,
  API_KEY_STATES,
  ApiKeyCreate,
  ApiKeyListQuery,
  type ApiKeyPermission,
  type ApiKeyState,
  ApiKeyView,
  MAX_API_KEY_DAYS,
  NewApiKeyView,
} from './api-key.schema';
export {
  RecoveryCodes,
  SecondFactorCode,
  SecondFactorProof,
  SecondFactorSetup,
  SecondFactorView,
} from './second-factor.schema';
export {
  CheckPasswordLink,
  ForgotPasswordRequest,
  LoginOptionsView,
  PASSWORD_LINK_PATH,
  PASSWORD_LINK_S,
  PasswordLinkView,
  SendPasswordLink,
  SentPasswordLink,
  UsePasswordLink,
} from './password-link.schema';
export { type PasswordOwner, type PasswordProblem, passwordProblem } from './password-strength';
export {
  mayInPortal,
  permissionsOfAccess,
  PORTAL_PERMISSIONS,
  portalAccessOf,
  type PortalPermission,
} from './portal-permission';
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
export { SessionListView, SessionView } from './session.schema';
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
export {
  FoundMachine,
  FoundMember,
  FoundPlan,
  SEARCH_LIMIT,
  SearchQuery,
  SearchResults,
} from './search.schema';
export { plainHeading, proposeTargets, readTick } from './member-import-headings';
export { readDay } from './table-day';
export {
  machineOfTarget,
  machineTarget,
  MAX_MEMBER_IMPORT_BYTES,
  MAX_MEMBER_IMPORT_COLUMNS,
  MAX_MEMBER_IMPORT_ROWS,
  MAX_SHOWN_PROBLEMS,
  MAX_SHOWN_ROWS,
  MEMBER_IMPORT_ACTIONS,
  MEMBER_IMPORT_FIELDS,
  type MemberImportAction,
  type MemberImportField,
  MemberImportForm,
  MemberImportPlan,
  MemberImportPreview,
  MemberImportProblem,
  MemberImportResult,
  MemberImportTarget,
} from './member-import.schema';
