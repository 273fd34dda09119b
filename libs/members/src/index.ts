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
export {
  MAIL_STATES,
  MailListQuery,
  type MailState,
  MailView,
  TestMailRequest,
  TestMailResult,
} from './mail.schema';
export {
  MEMBER_LANGUAGES,
  type MemberLanguage,
  MyAuthorizationView,
  MyDataUpdate,
  MyDataView,
  MyListQuery,
  MyUseView,
} from './me.schema';
export { MEMBER_ERRORS, type MemberErrorCode } from './member-errors';
export { CardView, MemberView } from './member.schema';
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
export { SessionListView, SessionView } from './session.schema';
export { type MachineRole, PORTAL_ACCESS, type PortalAccess } from './role';
