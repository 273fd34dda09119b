import { Table, type TableOptions } from 'typeorm';
import {
  flagColumn,
  idColumn,
  index,
  integerColumn,
  nullable,
  reference,
  secondsColumn,
  textColumn,
  versionColumn,
} from './schema-parts';

/** The tables of the first release, in an order in which each finds those that it refers to. */
export function initialTables(database: string): Table[] {
  return [...peopleAndMachines(database), ...history(database)].map((table) => new Table(table));
}

function peopleAndMachines(database: string): TableOptions[] {
  return [
    {
      name: 'roles',
      columns: [
        idColumn('roles'),
        textColumn('name'),
        flagColumn('reserved', database),
        flagColumn('authorize_all', database),
        flagColumn('maintenance', database),
        textColumn('portal_access', { default: "'none'" }),
        versionColumn,
      ],
      uniques: [{ name: 'uq_roles_name', columnNames: ['name'] }],
    },
    {
      name: 'members',
      columns: [
        idColumn('members'),
        textColumn('first_name'),
        textColumn('last_name'),
        textColumn('email', nullable),
        integerColumn('role_id'),
        flagColumn('disabled', database),
        secondsColumn('deleted_at', nullable),
        textColumn('password_hash', nullable),
        flagColumn('must_change_password', database),
        flagColumn('weekly_summary', database),
        textColumn('language', nullable),
        secondsColumn('created_at'),
        versionColumn,
      ],
      foreignKeys: [reference('fk_members_role', 'role_id', 'roles')],
      indices: [index('ix_members_email', 'email'), index('ix_members_role', 'role_id')],
    },
    {
      name: 'cards',
      columns: [
        idColumn('cards'),
        integerColumn('member_id'),
        textColumn('uid'),
        textColumn('label', nullable),
        secondsColumn('created_at'),
        secondsColumn('revoked_at', nullable),
      ],
      foreignKeys: [reference('fk_cards_member', 'member_id', 'members')],
      indices: [
        index('ix_cards_member', 'member_id'),
        { ...index('uq_cards_active_uid', 'uid'), isUnique: true, where: 'revoked_at IS NULL' },
      ],
    },
    {
      name: 'machine_types',
      columns: [
        idColumn('machine_types'),
        textColumn('name'),
        integerColumn('timeout_min'),
        integerColumn('grace_min'),
        textColumn('access', { default: "'authorization'" }),
        versionColumn,
      ],
      uniques: [{ name: 'uq_machine_types_name', columnNames: ['name'] }],
    },
    {
      name: 'machines',
      columns: [
        idColumn('machines'),
        textColumn('name'),
        integerColumn('type_id', nullable),
        secondsColumn('hours_s', { default: '0' }),
        flagColumn('blocked', database),
        textColumn('blocked_reason', nullable),
        integerColumn('blocked_by', nullable),
        secondsColumn('blocked_at', nullable),
        secondsColumn('last_seen_at', nullable),
        secondsColumn('created_at'),
        versionColumn,
      ],
      uniques: [{ name: 'uq_machines_name', columnNames: ['name'] }],
      foreignKeys: [
        reference('fk_machines_type', 'type_id', 'machine_types'),
        reference('fk_machines_blocked_by', 'blocked_by', 'members'),
      ],
      indices: [
        index('ix_machines_type', 'type_id'),
        index('ix_machines_blocked_by', 'blocked_by'),
      ],
    },
    {
      name: 'boards',
      columns: [
        idColumn('boards'),
        integerColumn('machine_id'),
        textColumn('serial', { default: "''" }),
        textColumn('ip'),
        textColumn('firmware'),
        integerColumn('heap', nullable),
        secondsColumn('first_seen_at'),
        secondsColumn('last_seen_at'),
      ],
      uniques: [{ name: 'uq_boards_machine_serial', columnNames: ['machine_id', 'serial'] }],
      foreignKeys: [reference('fk_boards_machine', 'machine_id', 'machines')],
    },
    {
      name: 'authorizations',
      columns: [
        idColumn('authorizations'),
        integerColumn('member_id'),
        integerColumn('machine_id'),
        secondsColumn('created_at'),
      ],
      uniques: [
        { name: 'uq_authorizations_member_machine', columnNames: ['member_id', 'machine_id'] },
      ],
      foreignKeys: [
        reference('fk_authorizations_member', 'member_id', 'members'),
        reference('fk_authorizations_machine', 'machine_id', 'machines'),
      ],
      indices: [index('ix_authorizations_machine', 'machine_id')],
    },
  ];
}

function history(database: string): TableOptions[] {
  return [
    {
      name: 'uses',
      columns: [
        idColumn('uses'),
        integerColumn('machine_id'),
        integerColumn('member_id', nullable),
        textColumn('card_uid', nullable),
        secondsColumn('started_at'),
        secondsColumn('last_seen_at'),
        secondsColumn('ended_at', nullable),
        secondsColumn('duration_s', nullable),
        flagColumn('replayed', database),
        flagColumn('estimated', database),
        // Without a default: whoever writes a use has to know whether the member was allowed to.
        { name: 'authorized', type: 'boolean' },
        textColumn('source', { default: "'board'" }),
        textColumn('closed_by', nullable),
        versionColumn,
      ],
      foreignKeys: [
        reference('fk_uses_machine', 'machine_id', 'machines'),
        reference('fk_uses_member', 'member_id', 'members'),
      ],
      indices: [
        // A machine serves one card at a time: the database says so as well.
        { ...index('uq_uses_open', 'machine_id'), isUnique: true, where: 'ended_at IS NULL' },
        index('ix_uses_machine_started', 'machine_id', 'started_at'),
        index('ix_uses_member_started', 'member_id', 'started_at'),
        index('ix_uses_started', 'started_at'),
      ],
    },
    {
      name: 'maintenance_plans',
      columns: [
        idColumn('maintenance_plans'),
        integerColumn('machine_id'),
        textColumn('description'),
        textColumn('lcd_message', { default: "''" }),
        secondsColumn('interval_s'),
        textColumn('instructions_url', nullable),
        secondsColumn('elapsed_s', { default: '0' }),
        secondsColumn('last_done_at', nullable),
        secondsColumn('created_at'),
        versionColumn,
      ],
      foreignKeys: [reference('fk_maintenance_plans_machine', 'machine_id', 'machines')],
      indices: [index('ix_maintenance_plans_machine', 'machine_id')],
    },
    {
      name: 'interventions',
      columns: [
        idColumn('interventions'),
        integerColumn('plan_id'),
        integerColumn('machine_id'),
        integerColumn('member_id', nullable),
        secondsColumn('done_at'),
        flagColumn('replayed', database),
        textColumn('note', nullable),
        versionColumn,
      ],
      foreignKeys: [
        reference('fk_interventions_plan', 'plan_id', 'maintenance_plans'),
        reference('fk_interventions_machine', 'machine_id', 'machines'),
        reference('fk_interventions_member', 'member_id', 'members'),
      ],
      indices: [
        index('ix_interventions_plan_done', 'plan_id', 'done_at'),
        index('ix_interventions_machine_done', 'machine_id', 'done_at'),
        index('ix_interventions_member', 'member_id'),
        index('ix_interventions_done', 'done_at'),
      ],
    },
    {
      name: 'unrecognised_cards',
      columns: [
        idColumn('unrecognised_cards'),
        textColumn('uid'),
        integerColumn('machine_id'),
        secondsColumn('first_seen_at'),
        secondsColumn('last_seen_at'),
        integerColumn('times', { default: '1' }),
      ],
      uniques: [{ name: 'uq_unrecognised_cards_uid_machine', columnNames: ['uid', 'machine_id'] }],
      foreignKeys: [reference('fk_unrecognised_cards_machine', 'machine_id', 'machines')],
      indices: [
        index('ix_unrecognised_cards_machine', 'machine_id'),
        index('ix_unrecognised_cards_last_seen', 'last_seen_at'),
      ],
    },
  ];
}
