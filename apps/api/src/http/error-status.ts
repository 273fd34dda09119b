import type { BoardErrorCode, FirmwareErrorCode } from '@fabomatic/boards';
import type { HttpErrorCode } from '@fabomatic/kernel';
import type { MachineErrorCode } from '@fabomatic/machines';
import type { MaintenanceErrorCode } from '@fabomatic/maintenance';
import type { MemberErrorCode } from '@fabomatic/members';
import type { SystemErrorCode } from '@fabomatic/system';
import type { UseErrorCode } from '@fabomatic/uses';

/** Every code that a REST client can be answered with: add each domain's `...ErrorCode` here. */
type ErrorCode =
  | BoardErrorCode
  | FirmwareErrorCode
  | HttpErrorCode
  | MachineErrorCode
  | MaintenanceErrorCode
  | MemberErrorCode
  | SystemErrorCode
  | HttpErrorCode
  | BoardErrorCode
  | MachineErrorCode
  | MaintenanceErrorCode
  | MemberErrorCode
  | UseErrorCode;

/** The one table from code to HTTP status. It does not compile when a code is missing. */
const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  'request.invalid': 422,
  'request.not_found': 404,
  'request.too_large': 413,
  'request.malformed': 400,
  'request.outdated': 409,
  'request.too_many': 503,
  'request.other_site': 403,
  'auth.required': 401,
  'auth.forbidden': 403,
  internal: 500,
  'machine.not_found': 404,
  'machine.name_taken': 409,
  'machine.hours_invalid': 422,
  'machine.in_use': 409,
  'machine_type.not_found': 404,
  'machine_type.name_taken': 409,
  'machine_type.in_use': 409,
  'command.no_card': 409,
  'command.offline': 409,
  'command.broker_down': 503,
  'command.in_use': 409,
  'command.not_in_use': 409,
  'command.not_allowed': 403,
  'command.blocked': 409,
  'command.maintenance_due': 409,
  'command.pending': 409,
  'board.not_found': 404,
  'board_account.not_found': 404,
  'board_account.exists': 409,
  'board_account.off': 409,
  'board_account.topic_taken': 422,
  'firmware.image_not_found': 404,
  'firmware.too_many_images': 409,
  'firmware.too_large': 413,
  'firmware.not_firmware': 422,
  'firmware.no_app': 422,
  'firmware.wrong_chip': 422,
  'firmware.damaged': 422,
  'firmware.not_stored': 503,
  'firmware.running': 409,
  'firmware.not_running': 409,
  'firmware.board_in_use': 409,
  'firmware.board_offline': 409,
  'plan.not_found': 404,
  'plan.interval_invalid': 422,
  'plan.message_not_showable': 422,
  'plan.link_invalid': 422,
  'intervention.not_found': 404,
  'intervention.in_future': 422,
  'intervention.member_invalid': 422,
  'member.not_found': 404,
  'member.deleted': 409,
  'member.in_use': 409,
  'member.not_deleted': 409,
  'member.email_taken': 409,
  'member.email_for_summary': 422,
  'member.email_for_portal': 422,
  'member.card_uid_invalid': 422,
  'member.card_taken': 409,
  'member.card_not_found': 404,
  'member.self': 409,
  'member.last_administrator': 409,
  'member.needs_administrator': 403,
  'member_import.no_file': 422,
  'member_import.empty': 422,
  'member_import.not_a_table': 422,
  'member_import.broken': 422,
  'member_import.too_large': 413,
  'member_import.too_many_rows': 422,
  'member_import.too_many_columns': 422,
  'member_import.target_twice': 422,
  'member_import.other_columns': 422,
  'member_import.has_problems': 422,
  'member_import.no_name': 422,
  'member_import.role_missing': 422,
  'member_import.role_unknown': 422,
  'member_import.machine_unknown': 422,
  'member_import.tick_unclear': 422,
  'member_import.language_unknown': 422,
  'member_import.day_unclear': 422,
  'member_import.email_invalid': 422,
  'member_import.too_long': 422,
  'member_import.repeated': 422,
  'member_import.differ': 422,
  'member_import.name_ambiguous': 422,
  'member_import.extra_cells': 422,
  'role.not_found': 404,
  'role.name_taken': 409,
  'role.reserved': 409,
  'role.in_use': 409,
  'unrecognized_card.not_found': 404,
  'session.not_found': 404,
  'authorization.not_found': 404,
  'authorization.taken': 409,
  'authorization.too_many': 422,
  'mail.off': 409,
  'mail.not_found': 404,
  'mail.cannot_retry': 409,
  'mail.is_over': 409,
  'mail.nothing_to_show': 409,
  'mail.nothing_now': 409,
  'mail.unsubscribe_invalid': 410,
  'member.mail_not_for_role': 422,
  'mail.failed': 502,
  'mail.no_base_url': 409,
  'member.no_email': 409,
  'auth.link_invalid': 410,
  'auth.second_factor_wrong': 401,
  'api_key.not_found': 404,
  'auth.second_factor_required': 401,
  'auth.second_factor_setup_required': 403,
  'auth.second_factor_is_on': 409,
  'auth.second_factor_is_off': 409,
  'auth.second_factor_needed': 409,
  'auth.second_factor_unreadable': 409,
  'auth.bad_credentials': 401,
  'auth.password_change_required': 403,
  'auth.too_many_attempts': 429,
  'auth.wrong_current_password': 422,
  'auth.password_unchanged': 422,
  'job.not_found': 404,
  'job.running': 409,
  'job.no_dry_run': 422,
  'audit.not_found': 404,
  'backup.not_found': 404,
  'backup.running': 409,
  'backup.failed': 503,
  'backup.no_space': 507,
  'backup.wrong_kind': 422,
  'backup.damaged': 422,
  'backup.not_ours': 422,
  'backup.is_original': 422,
  'backup.too_new': 422,
  'backup.too_large': 413,
  'backup.nothing_pending': 409,
  'auth.password_common': 422,
  'auth.password_about_owner': 422,
  'use.not_found': 404,
  'use.end_before_start': 422,
  'use.in_future': 422,
  'use.long_unconfirmed': 422,
  'use.too_long': 422,
  'use.overlaps': 409,
  'use.still_open': 409,
  'use.not_open': 409,
  'use.board_speaks': 409,
  'statistics.to_before_from': 422,
  'statistics.too_long': 422,
  'import.no_file': 404,
  'import.other_file': 409,
  'import.not_new': 409,
  'import.running': 409,
  'import.too_large': 413,
  'import.done_before': 409,
  'import.refused': 422,
  'import.settings_refused': 422,
  'import.not_written': 503,
  'system.no_restart': 409,
  'settings.value_invalid': 422,
  'settings.files_needed': 422,
  'settings.ports_reversed': 422,
  'settings.user_of_board': 422,
  'settings.user_unusable': 422,
  'settings.broker_login_needed': 422,
  'settings.users_alike': 422,
  'settings.set_by_environment': 422,
  'settings.file_unusual': 409,
  'settings.not_writable': 409,
};

const statusOfCode = new Map<string, number>(Object.entries(ERROR_STATUS));

/** undefined for a code that is in no list: throwing it is a defect. */
export function statusOf(code: string): number | undefined {
  return statusOfCode.get(code);
}

/** The code for what Nest and Express refuse by themselves. */
export function codeOfStatus(status: number): HttpErrorCode {
  switch (status) {
    case 401:
      return 'auth.required';
    case 403:
      return 'auth.forbidden';
    case 404:
    case 405:
      return 'request.not_found';
    case 413:
      return 'request.too_large';
    case 422:
      return 'request.invalid';
    default:
      return status >= 500 ? 'internal' : 'request.malformed';
  }
}
