// apps/api/src/database/load-until-killed.fixture.ts
import 'reflect-metadata';
import { writeSync } from 'node:fs';

// apps/api/src/database/data-source.ts
import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';

// migrations/src/initial-tables.ts
import { Table } from 'typeorm';

// migrations/src/schema-parts.ts
var nullable = {
  isNullable: true,
};
function idColumn(table) {
  return {
    name: 'id',
    type: 'integer',
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
    primaryKeyConstraintName: `pk_${table}`,
  };
}
function textColumn(name, extra = {}) {
  return {
    name,
    type: 'varchar',
    ...extra,
  };
}
function integerColumn(name, extra = {}) {
  return {
    name,
    type: 'integer',
    ...extra,
  };
}
function secondsColumn(name, extra = {}) {
  return {
    name,
    type: 'double precision',
    ...extra,
  };
}
function flagColumn(name, database2) {
  return {
    name,
    type: 'boolean',
    default: database2 === 'postgres' ? 'false' : '0',
  };
}
var versionColumn = {
  name: 'version',
  type: 'integer',
  default: '1',
};
function reference(name, column, referencedTableName) {
  return {
    name,
    columnNames: [column],
    referencedTableName,
    referencedColumnNames: ['id'],
  };
}
function index(name, ...columnNames) {
  return {
    name,
    columnNames,
  };
}

// migrations/src/initial-tables.ts
function initialTables(database2) {
  return [...peopleAndMachines(database2), ...history(database2)].map((table) => new Table(table));
}
function peopleAndMachines(database2) {
  return [
    {
      name: 'roles',
      columns: [
        idColumn('roles'),
        textColumn('name'),
        flagColumn('reserved', database2),
        flagColumn('authorize_all', database2),
        flagColumn('maintenance', database2),
        textColumn('portal_access', {
          default: "'none'",
        }),
        versionColumn,
      ],
      uniques: [
        {
          name: 'uq_roles_name',
          columnNames: ['name'],
        },
      ],
    },
    {
      name: 'members',
      columns: [
        idColumn('members'),
        textColumn('first_name'),
        textColumn('last_name'),
        textColumn('email', nullable),
        integerColumn('role_id'),
        flagColumn('disabled', database2),
        secondsColumn('deleted_at', nullable),
        textColumn('password_hash', nullable),
        flagColumn('must_change_password', database2),
        flagColumn('weekly_summary', database2),
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
        {
          ...index('uq_cards_active_uid', 'uid'),
          isUnique: true,
          where: 'revoked_at IS NULL',
        },
      ],
    },
    {
      name: 'machine_types',
      columns: [
        idColumn('machine_types'),
        textColumn('name'),
        integerColumn('timeout_min'),
        integerColumn('grace_min'),
        textColumn('access', {
          default: "'authorization'",
        }),
        versionColumn,
      ],
      uniques: [
        {
          name: 'uq_machine_types_name',
          columnNames: ['name'],
        },
      ],
    },
    {
      name: 'machines',
      columns: [
        idColumn('machines'),
        textColumn('name'),
        integerColumn('type_id', nullable),
        secondsColumn('hours_s', {
          default: '0',
        }),
        flagColumn('blocked', database2),
        textColumn('blocked_reason', nullable),
        integerColumn('blocked_by', nullable),
        secondsColumn('blocked_at', nullable),
        secondsColumn('last_seen_at', nullable),
        secondsColumn('created_at'),
        versionColumn,
      ],
      uniques: [
        {
          name: 'uq_machines_name',
          columnNames: ['name'],
        },
      ],
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
        textColumn('serial', {
          default: "''",
        }),
        textColumn('ip'),
        textColumn('firmware'),
        integerColumn('heap', nullable),
        secondsColumn('first_seen_at'),
        secondsColumn('last_seen_at'),
      ],
      uniques: [
        {
          name: 'uq_boards_machine_serial',
          columnNames: ['machine_id', 'serial'],
        },
      ],
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
        {
          name: 'uq_authorizations_member_machine',
          columnNames: ['member_id', 'machine_id'],
        },
      ],
      foreignKeys: [
        reference('fk_authorizations_member', 'member_id', 'members'),
        reference('fk_authorizations_machine', 'machine_id', 'machines'),
      ],
      indices: [index('ix_authorizations_machine', 'machine_id')],
    },
  ];
}
function history(database2) {
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
        flagColumn('replayed', database2),
        flagColumn('estimated', database2),
        // Without a default: whoever writes a use has to know whether the member was allowed to.
        {
          name: 'authorized',
          type: 'boolean',
        },
        textColumn('source', {
          default: "'board'",
        }),
        textColumn('closed_by', nullable),
        versionColumn,
      ],
      foreignKeys: [
        reference('fk_uses_machine', 'machine_id', 'machines'),
        reference('fk_uses_member', 'member_id', 'members'),
      ],
      indices: [
        // A machine serves one card at a time: the database says so as well.
        {
          ...index('uq_uses_open', 'machine_id'),
          isUnique: true,
          where: 'ended_at IS NULL',
        },
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
        textColumn('lcd_message', {
          default: "''",
        }),
        secondsColumn('interval_s'),
        textColumn('instructions_url', nullable),
        secondsColumn('elapsed_s', {
          default: '0',
        }),
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
        flagColumn('replayed', database2),
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
        integerColumn('times', {
          default: '1',
        }),
      ],
      uniques: [
        {
          name: 'uq_unrecognised_cards_uid_machine',
          columnNames: ['uid', 'machine_id'],
        },
      ],
      foreignKeys: [reference('fk_unrecognised_cards_machine', 'machine_id', 'machines')],
      indices: [
        index('ix_unrecognised_cards_machine', 'machine_id'),
        index('ix_unrecognised_cards_last_seen', 'last_seen_at'),
      ],
    },
  ];
}

// migrations/src/1764000000000-initial-schema.ts
var WATCHED_TABLES = [
  'roles',
  'members',
  'cards',
  'authorizations',
  'machine_types',
  'machines',
  'maintenance_plans',
  'uses',
];
var InitialSchema1764000000000 = class {
  async up(runner) {
    const database2 = runner.dataSource.options.type;
    for (const table of initialTables(database2)) await runner.createTable(table);
    if (database2 === 'postgres') await createNotifications(runner);
  }
  async down(runner) {
    const database2 = runner.dataSource.options.type;
    for (const table of initialTables(database2).reverse()) await runner.dropTable(table.name);
    if (database2 === 'postgres') await runner.query('DROP FUNCTION fabomatic_lab_changed()');
  }
  constructor() {
    this.name = 'InitialSchema1764000000000';
  }
};
async function createNotifications(runner) {
  await runner.query(`
    CREATE FUNCTION fabomatic_lab_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('fabomatic.api', true) IS DISTINCT FROM 'on' THEN
        PERFORM pg_notify('fabomatic_lab_changed', '');
      END IF;
      RETURN NULL;
    END $$`);
  for (const table of WATCHED_TABLES) {
    await runner.query(`
      CREATE TRIGGER tg_${table}_changed
      AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION fabomatic_lab_changed()`);
  }
}

// migrations/src/index.ts
var migrations = [InitialSchema1764000000000];

// apps/api/src/database/data-source.ts
import pg from 'pg';
import { DataSource } from 'typeorm';

// apps/api/src/boards/board.entity.ts
import {
  Column as Column5,
  Entity as Entity5,
  JoinColumn as JoinColumn3,
  ManyToOne as ManyToOne3,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn5,
  Unique as Unique4,
} from 'typeorm';

// apps/api/src/machines/machine.entity.ts
import {
  Column as Column4,
  Entity as Entity4,
  Index as Index2,
  JoinColumn as JoinColumn2,
  ManyToOne as ManyToOne2,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn4,
  Unique as Unique3,
  VersionColumn as VersionColumn4,
} from 'typeorm';

// apps/api/src/members/member.entity.ts
import {
  Column as Column2,
  Entity as Entity2,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn2,
  VersionColumn as VersionColumn2,
} from 'typeorm';

// apps/api/src/members/role.entity.ts
import { Column, Entity, PrimaryGeneratedColumn, Unique, VersionColumn } from 'typeorm';
function _ts_decorate(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Role = class {};
_ts_decorate(
  [
    PrimaryGeneratedColumn({
      primaryKeyConstraintName: 'pk_roles',
    }),
    _ts_metadata('design:type', Number),
  ],
  Role.prototype,
  'id',
  void 0,
);
_ts_decorate(
  [Column('varchar'), _ts_metadata('design:type', String)],
  Role.prototype,
  'name',
  void 0,
);
_ts_decorate(
  [
    Column('boolean', {
      default: false,
    }),
    _ts_metadata('design:type', Boolean),
  ],
  Role.prototype,
  'reserved',
  void 0,
);
_ts_decorate(
  [
    Column('boolean', {
      name: 'authorize_all',
      default: false,
    }),
    _ts_metadata('design:type', Boolean),
  ],
  Role.prototype,
  'authorizeAll',
  void 0,
);
_ts_decorate(
  [
    Column('boolean', {
      default: false,
    }),
    _ts_metadata('design:type', Boolean),
  ],
  Role.prototype,
  'maintenance',
  void 0,
);
_ts_decorate(
  [
    Column('varchar', {
      name: 'portal_access',
      default: 'none',
    }),
    _ts_metadata('design:type', typeof PortalAccess === 'undefined' ? Object : PortalAccess),
  ],
  Role.prototype,
  'portalAccess',
  void 0,
);
_ts_decorate(
  [
    VersionColumn({
      default: 1,
    }),
    _ts_metadata('design:type', Number),
  ],
  Role.prototype,
  'version',
  void 0,
);
Role = _ts_decorate([Entity('roles'), Unique('uq_roles_name', ['name'])], Role);

// apps/api/src/members/member.entity.ts
function _ts_decorate2(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata2(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Member = class {};
_ts_decorate2(
  [
    PrimaryGeneratedColumn2({
      primaryKeyConstraintName: 'pk_members',
    }),
    _ts_metadata2('design:type', Number),
  ],
  Member.prototype,
  'id',
  void 0,
);
_ts_decorate2(
  [
    Column2('varchar', {
      name: 'first_name',
    }),
    _ts_metadata2('design:type', String),
  ],
  Member.prototype,
  'firstName',
  void 0,
);
_ts_decorate2(
  [
    Column2('varchar', {
      name: 'last_name',
    }),
    _ts_metadata2('design:type', String),
  ],
  Member.prototype,
  'lastName',
  void 0,
);
_ts_decorate2(
  [
    Column2('varchar', {
      nullable: true,
    }),
    _ts_metadata2('design:type', Object),
  ],
  Member.prototype,
  'email',
  void 0,
);
_ts_decorate2(
  [
    Column2('integer', {
      name: 'role_id',
    }),
    _ts_metadata2('design:type', Number),
  ],
  Member.prototype,
  'roleId',
  void 0,
);
_ts_decorate2(
  [
    ManyToOne(() => Role),
    JoinColumn({
      name: 'role_id',
      foreignKeyConstraintName: 'fk_members_role',
    }),
    _ts_metadata2('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Member.prototype,
  'role',
  void 0,
);
_ts_decorate2(
  [
    Column2('boolean', {
      default: false,
    }),
    _ts_metadata2('design:type', Boolean),
  ],
  Member.prototype,
  'disabled',
  void 0,
);
_ts_decorate2(
  [
    Column2('double precision', {
      name: 'deleted_at',
      nullable: true,
    }),
    _ts_metadata2('design:type', Object),
  ],
  Member.prototype,
  'deletedAt',
  void 0,
);
_ts_decorate2(
  [
    Column2('varchar', {
      name: 'password_hash',
      nullable: true,
    }),
    _ts_metadata2('design:type', Object),
  ],
  Member.prototype,
  'passwordHash',
  void 0,
);
_ts_decorate2(
  [
    Column2('boolean', {
      name: 'must_change_password',
      default: false,
    }),
    _ts_metadata2('design:type', Boolean),
  ],
  Member.prototype,
  'mustChangePassword',
  void 0,
);
_ts_decorate2(
  [
    Column2('boolean', {
      name: 'weekly_summary',
      default: false,
    }),
    _ts_metadata2('design:type', Boolean),
  ],
  Member.prototype,
  'weeklySummary',
  void 0,
);
_ts_decorate2(
  [
    Column2('varchar', {
      nullable: true,
    }),
    _ts_metadata2('design:type', Object),
  ],
  Member.prototype,
  'language',
  void 0,
);
_ts_decorate2(
  [
    Column2('double precision', {
      name: 'created_at',
    }),
    _ts_metadata2('design:type', Number),
  ],
  Member.prototype,
  'createdAt',
  void 0,
);
_ts_decorate2(
  [
    VersionColumn2({
      default: 1,
    }),
    _ts_metadata2('design:type', Number),
  ],
  Member.prototype,
  'version',
  void 0,
);
Member = _ts_decorate2(
  [Entity2('members'), Index('ix_members_email', ['email']), Index('ix_members_role', ['roleId'])],
  Member,
);

// apps/api/src/machines/machine-type.entity.ts
import {
  Column as Column3,
  Entity as Entity3,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn3,
  Unique as Unique2,
  VersionColumn as VersionColumn3,
} from 'typeorm';
function _ts_decorate3(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata3(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var MachineType = class {};
_ts_decorate3(
  [
    PrimaryGeneratedColumn3({
      primaryKeyConstraintName: 'pk_machine_types',
    }),
    _ts_metadata3('design:type', Number),
  ],
  MachineType.prototype,
  'id',
  void 0,
);
_ts_decorate3(
  [Column3('varchar'), _ts_metadata3('design:type', String)],
  MachineType.prototype,
  'name',
  void 0,
);
_ts_decorate3(
  [
    Column3('integer', {
      name: 'timeout_min',
    }),
    _ts_metadata3('design:type', Number),
  ],
  MachineType.prototype,
  'timeoutMin',
  void 0,
);
_ts_decorate3(
  [
    Column3('integer', {
      name: 'grace_min',
    }),
    _ts_metadata3('design:type', Number),
  ],
  MachineType.prototype,
  'graceMin',
  void 0,
);
_ts_decorate3(
  [
    Column3('varchar', {
      default: 'authorization',
    }),
    _ts_metadata3('design:type', typeof MachineAccess === 'undefined' ? Object : MachineAccess),
  ],
  MachineType.prototype,
  'access',
  void 0,
);
_ts_decorate3(
  [
    VersionColumn3({
      default: 1,
    }),
    _ts_metadata3('design:type', Number),
  ],
  MachineType.prototype,
  'version',
  void 0,
);
MachineType = _ts_decorate3(
  [Entity3('machine_types'), Unique2('uq_machine_types_name', ['name'])],
  MachineType,
);

// apps/api/src/machines/machine.entity.ts
function _ts_decorate4(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata4(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Machine = class {};
_ts_decorate4(
  [
    PrimaryGeneratedColumn4({
      primaryKeyConstraintName: 'pk_machines',
    }),
    _ts_metadata4('design:type', Number),
  ],
  Machine.prototype,
  'id',
  void 0,
);
_ts_decorate4(
  [Column4('varchar'), _ts_metadata4('design:type', String)],
  Machine.prototype,
  'name',
  void 0,
);
_ts_decorate4(
  [
    Column4('integer', {
      name: 'type_id',
      nullable: true,
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'typeId',
  void 0,
);
_ts_decorate4(
  [
    ManyToOne2(() => MachineType, {
      nullable: true,
    }),
    JoinColumn2({
      name: 'type_id',
      foreignKeyConstraintName: 'fk_machines_type',
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'type',
  void 0,
);
_ts_decorate4(
  [
    Column4('double precision', {
      name: 'hours_s',
      default: 0,
    }),
    _ts_metadata4('design:type', Number),
  ],
  Machine.prototype,
  'hoursS',
  void 0,
);
_ts_decorate4(
  [
    Column4('boolean', {
      default: false,
    }),
    _ts_metadata4('design:type', Boolean),
  ],
  Machine.prototype,
  'blocked',
  void 0,
);
_ts_decorate4(
  [
    Column4('varchar', {
      name: 'blocked_reason',
      nullable: true,
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'blockedReason',
  void 0,
);
_ts_decorate4(
  [
    Column4('integer', {
      name: 'blocked_by',
      nullable: true,
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'blockedBy',
  void 0,
);
_ts_decorate4(
  [
    ManyToOne2(() => Member, {
      nullable: true,
    }),
    JoinColumn2({
      name: 'blocked_by',
      foreignKeyConstraintName: 'fk_machines_blocked_by',
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'blocker',
  void 0,
);
_ts_decorate4(
  [
    Column4('double precision', {
      name: 'blocked_at',
      nullable: true,
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'blockedAt',
  void 0,
);
_ts_decorate4(
  [
    Column4('double precision', {
      name: 'last_seen_at',
      nullable: true,
    }),
    _ts_metadata4('design:type', Object),
  ],
  Machine.prototype,
  'lastSeenAt',
  void 0,
);
_ts_decorate4(
  [
    Column4('double precision', {
      name: 'created_at',
    }),
    _ts_metadata4('design:type', Number),
  ],
  Machine.prototype,
  'createdAt',
  void 0,
);
_ts_decorate4(
  [
    VersionColumn4({
      default: 1,
    }),
    _ts_metadata4('design:type', Number),
  ],
  Machine.prototype,
  'version',
  void 0,
);
Machine = _ts_decorate4(
  [
    Entity4('machines'),
    Unique3('uq_machines_name', ['name']),
    Index2('ix_machines_type', ['typeId']),
    Index2('ix_machines_blocked_by', ['blockedBy']),
  ],
  Machine,
);

// apps/api/src/boards/board.entity.ts
function _ts_decorate5(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata5(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Board = class {};
_ts_decorate5(
  [
    PrimaryGeneratedColumn5({
      primaryKeyConstraintName: 'pk_boards',
    }),
    _ts_metadata5('design:type', Number),
  ],
  Board.prototype,
  'id',
  void 0,
);
_ts_decorate5(
  [
    Column5('integer', {
      name: 'machine_id',
    }),
    _ts_metadata5('design:type', Number),
  ],
  Board.prototype,
  'machineId',
  void 0,
);
_ts_decorate5(
  [
    ManyToOne3(() => Machine),
    JoinColumn3({
      name: 'machine_id',
      foreignKeyConstraintName: 'fk_boards_machine',
    }),
    _ts_metadata5('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Board.prototype,
  'machine',
  void 0,
);
_ts_decorate5(
  [
    Column5('varchar', {
      default: '',
    }),
    _ts_metadata5('design:type', String),
  ],
  Board.prototype,
  'serial',
  void 0,
);
_ts_decorate5(
  [Column5('varchar'), _ts_metadata5('design:type', String)],
  Board.prototype,
  'ip',
  void 0,
);
_ts_decorate5(
  [Column5('varchar'), _ts_metadata5('design:type', String)],
  Board.prototype,
  'firmware',
  void 0,
);
_ts_decorate5(
  [
    Column5('integer', {
      nullable: true,
    }),
    _ts_metadata5('design:type', Object),
  ],
  Board.prototype,
  'heap',
  void 0,
);
_ts_decorate5(
  [
    Column5('double precision', {
      name: 'first_seen_at',
    }),
    _ts_metadata5('design:type', Number),
  ],
  Board.prototype,
  'firstSeenAt',
  void 0,
);
_ts_decorate5(
  [
    Column5('double precision', {
      name: 'last_seen_at',
    }),
    _ts_metadata5('design:type', Number),
  ],
  Board.prototype,
  'lastSeenAt',
  void 0,
);
Board = _ts_decorate5(
  [Entity5('boards'), Unique4('uq_boards_machine_serial', ['machineId', 'serial'])],
  Board,
);

// apps/api/src/boards/unrecognised-card.entity.ts
import {
  Column as Column6,
  Entity as Entity6,
  Index as Index3,
  JoinColumn as JoinColumn4,
  ManyToOne as ManyToOne4,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn6,
  Unique as Unique5,
} from 'typeorm';
function _ts_decorate6(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata6(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var UnrecognisedCard = class {};
_ts_decorate6(
  [
    PrimaryGeneratedColumn6({
      primaryKeyConstraintName: 'pk_unrecognised_cards',
    }),
    _ts_metadata6('design:type', Number),
  ],
  UnrecognisedCard.prototype,
  'id',
  void 0,
);
_ts_decorate6(
  [Column6('varchar'), _ts_metadata6('design:type', String)],
  UnrecognisedCard.prototype,
  'uid',
  void 0,
);
_ts_decorate6(
  [
    Column6('integer', {
      name: 'machine_id',
    }),
    _ts_metadata6('design:type', Number),
  ],
  UnrecognisedCard.prototype,
  'machineId',
  void 0,
);
_ts_decorate6(
  [
    ManyToOne4(() => Machine),
    JoinColumn4({
      name: 'machine_id',
      foreignKeyConstraintName: 'fk_unrecognised_cards_machine',
    }),
    _ts_metadata6('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  UnrecognisedCard.prototype,
  'machine',
  void 0,
);
_ts_decorate6(
  [
    Column6('double precision', {
      name: 'first_seen_at',
    }),
    _ts_metadata6('design:type', Number),
  ],
  UnrecognisedCard.prototype,
  'firstSeenAt',
  void 0,
);
_ts_decorate6(
  [
    Column6('double precision', {
      name: 'last_seen_at',
    }),
    _ts_metadata6('design:type', Number),
  ],
  UnrecognisedCard.prototype,
  'lastSeenAt',
  void 0,
);
_ts_decorate6(
  [
    Column6('integer', {
      default: 1,
    }),
    _ts_metadata6('design:type', Number),
  ],
  UnrecognisedCard.prototype,
  'times',
  void 0,
);
UnrecognisedCard = _ts_decorate6(
  [
    Entity6('unrecognised_cards'),
    Unique5('uq_unrecognised_cards_uid_machine', ['uid', 'machineId']),
    Index3('ix_unrecognised_cards_machine', ['machineId']),
    Index3('ix_unrecognised_cards_last_seen', ['lastSeenAt']),
  ],
  UnrecognisedCard,
);

// apps/api/src/maintenance/intervention.entity.ts
import {
  Column as Column8,
  Entity as Entity8,
  Index as Index5,
  JoinColumn as JoinColumn6,
  ManyToOne as ManyToOne6,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn8,
  VersionColumn as VersionColumn6,
} from 'typeorm';

// apps/api/src/maintenance/maintenance-plan.entity.ts
import {
  Column as Column7,
  Entity as Entity7,
  Index as Index4,
  JoinColumn as JoinColumn5,
  ManyToOne as ManyToOne5,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn7,
  VersionColumn as VersionColumn5,
} from 'typeorm';
function _ts_decorate7(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata7(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var MaintenancePlan = class {};
_ts_decorate7(
  [
    PrimaryGeneratedColumn7({
      primaryKeyConstraintName: 'pk_maintenance_plans',
    }),
    _ts_metadata7('design:type', Number),
  ],
  MaintenancePlan.prototype,
  'id',
  void 0,
);
_ts_decorate7(
  [
    Column7('integer', {
      name: 'machine_id',
    }),
    _ts_metadata7('design:type', Number),
  ],
  MaintenancePlan.prototype,
  'machineId',
  void 0,
);
_ts_decorate7(
  [
    ManyToOne5(() => Machine),
    JoinColumn5({
      name: 'machine_id',
      foreignKeyConstraintName: 'fk_maintenance_plans_machine',
    }),
    _ts_metadata7('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  MaintenancePlan.prototype,
  'machine',
  void 0,
);
_ts_decorate7(
  [Column7('varchar'), _ts_metadata7('design:type', String)],
  MaintenancePlan.prototype,
  'description',
  void 0,
);
_ts_decorate7(
  [
    Column7('varchar', {
      name: 'lcd_message',
      default: '',
    }),
    _ts_metadata7('design:type', String),
  ],
  MaintenancePlan.prototype,
  'lcdMessage',
  void 0,
);
_ts_decorate7(
  [
    Column7('double precision', {
      name: 'interval_s',
    }),
    _ts_metadata7('design:type', Number),
  ],
  MaintenancePlan.prototype,
  'intervalS',
  void 0,
);
_ts_decorate7(
  [
    Column7('varchar', {
      name: 'instructions_url',
      nullable: true,
    }),
    _ts_metadata7('design:type', Object),
  ],
  MaintenancePlan.prototype,
  'instructionsUrl',
  void 0,
);
_ts_decorate7(
  [
    Column7('double precision', {
      name: 'elapsed_s',
      default: 0,
    }),
    _ts_metadata7('design:type', Number),
  ],
  MaintenancePlan.prototype,
  'elapsedS',
  void 0,
);
_ts_decorate7(
  [
    Column7('double precision', {
      name: 'last_done_at',
      nullable: true,
    }),
    _ts_metadata7('design:type', Object),
  ],
  MaintenancePlan.prototype,
  'lastDoneAt',
  void 0,
);
_ts_decorate7(
  [
    Column7('double precision', {
      name: 'created_at',
    }),
    _ts_metadata7('design:type', Number),
  ],
  MaintenancePlan.prototype,
  'createdAt',
  void 0,
);
_ts_decorate7(
  [
    VersionColumn5({
      default: 1,
    }),
    _ts_metadata7('design:type', Number),
  ],
  MaintenancePlan.prototype,
  'version',
  void 0,
);
MaintenancePlan = _ts_decorate7(
  [Entity7('maintenance_plans'), Index4('ix_maintenance_plans_machine', ['machineId'])],
  MaintenancePlan,
);

// apps/api/src/maintenance/intervention.entity.ts
function _ts_decorate8(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata8(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Intervention = class {};
_ts_decorate8(
  [
    PrimaryGeneratedColumn8({
      primaryKeyConstraintName: 'pk_interventions',
    }),
    _ts_metadata8('design:type', Number),
  ],
  Intervention.prototype,
  'id',
  void 0,
);
_ts_decorate8(
  [
    Column8('integer', {
      name: 'plan_id',
    }),
    _ts_metadata8('design:type', Number),
  ],
  Intervention.prototype,
  'planId',
  void 0,
);
_ts_decorate8(
  [
    ManyToOne6(() => MaintenancePlan),
    JoinColumn6({
      name: 'plan_id',
      foreignKeyConstraintName: 'fk_interventions_plan',
    }),
    _ts_metadata8('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Intervention.prototype,
  'plan',
  void 0,
);
_ts_decorate8(
  [
    Column8('integer', {
      name: 'machine_id',
    }),
    _ts_metadata8('design:type', Number),
  ],
  Intervention.prototype,
  'machineId',
  void 0,
);
_ts_decorate8(
  [
    ManyToOne6(() => Machine),
    JoinColumn6({
      name: 'machine_id',
      foreignKeyConstraintName: 'fk_interventions_machine',
    }),
    _ts_metadata8('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Intervention.prototype,
  'machine',
  void 0,
);
_ts_decorate8(
  [
    Column8('integer', {
      name: 'member_id',
      nullable: true,
    }),
    _ts_metadata8('design:type', Object),
  ],
  Intervention.prototype,
  'memberId',
  void 0,
);
_ts_decorate8(
  [
    ManyToOne6(() => Member, {
      nullable: true,
    }),
    JoinColumn6({
      name: 'member_id',
      foreignKeyConstraintName: 'fk_interventions_member',
    }),
    _ts_metadata8('design:type', Object),
  ],
  Intervention.prototype,
  'member',
  void 0,
);
_ts_decorate8(
  [
    Column8('double precision', {
      name: 'done_at',
    }),
    _ts_metadata8('design:type', Number),
  ],
  Intervention.prototype,
  'doneAt',
  void 0,
);
_ts_decorate8(
  [
    Column8('boolean', {
      default: false,
    }),
    _ts_metadata8('design:type', Boolean),
  ],
  Intervention.prototype,
  'replayed',
  void 0,
);
_ts_decorate8(
  [
    Column8('varchar', {
      nullable: true,
    }),
    _ts_metadata8('design:type', Object),
  ],
  Intervention.prototype,
  'note',
  void 0,
);
_ts_decorate8(
  [
    VersionColumn6({
      default: 1,
    }),
    _ts_metadata8('design:type', Number),
  ],
  Intervention.prototype,
  'version',
  void 0,
);
Intervention = _ts_decorate8(
  [
    Entity8('interventions'),
    Index5('ix_interventions_plan_done', ['planId', 'doneAt']),
    Index5('ix_interventions_machine_done', ['machineId', 'doneAt']),
    Index5('ix_interventions_member', ['memberId']),
    Index5('ix_interventions_done', ['doneAt']),
  ],
  Intervention,
);

// apps/api/src/members/authorization.entity.ts
import {
  Column as Column9,
  Entity as Entity9,
  Index as Index6,
  JoinColumn as JoinColumn7,
  ManyToOne as ManyToOne7,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn9,
  Unique as Unique6,
} from 'typeorm';
function _ts_decorate9(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata9(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Authorization = class {};
_ts_decorate9(
  [
    PrimaryGeneratedColumn9({
      primaryKeyConstraintName: 'pk_authorizations',
    }),
    _ts_metadata9('design:type', Number),
  ],
  Authorization.prototype,
  'id',
  void 0,
);
_ts_decorate9(
  [
    Column9('integer', {
      name: 'member_id',
    }),
    _ts_metadata9('design:type', Number),
  ],
  Authorization.prototype,
  'memberId',
  void 0,
);
_ts_decorate9(
  [
    ManyToOne7(() => Member),
    JoinColumn7({
      name: 'member_id',
      foreignKeyConstraintName: 'fk_authorizations_member',
    }),
    _ts_metadata9('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Authorization.prototype,
  'member',
  void 0,
);
_ts_decorate9(
  [
    Column9('integer', {
      name: 'machine_id',
    }),
    _ts_metadata9('design:type', Number),
  ],
  Authorization.prototype,
  'machineId',
  void 0,
);
_ts_decorate9(
  [
    ManyToOne7(() => Machine),
    JoinColumn7({
      name: 'machine_id',
      foreignKeyConstraintName: 'fk_authorizations_machine',
    }),
    _ts_metadata9('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Authorization.prototype,
  'machine',
  void 0,
);
_ts_decorate9(
  [
    Column9('double precision', {
      name: 'created_at',
    }),
    _ts_metadata9('design:type', Number),
  ],
  Authorization.prototype,
  'createdAt',
  void 0,
);
Authorization = _ts_decorate9(
  [
    Entity9('authorizations'),
    Unique6('uq_authorizations_member_machine', ['memberId', 'machineId']),
    Index6('ix_authorizations_machine', ['machineId']),
  ],
  Authorization,
);

// apps/api/src/members/card.entity.ts
import {
  Column as Column10,
  Entity as Entity10,
  Index as Index7,
  JoinColumn as JoinColumn8,
  ManyToOne as ManyToOne8,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn10,
} from 'typeorm';
function _ts_decorate10(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata10(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Card = class {};
_ts_decorate10(
  [
    PrimaryGeneratedColumn10({
      primaryKeyConstraintName: 'pk_cards',
    }),
    _ts_metadata10('design:type', Number),
  ],
  Card.prototype,
  'id',
  void 0,
);
_ts_decorate10(
  [
    Column10('integer', {
      name: 'member_id',
    }),
    _ts_metadata10('design:type', Number),
  ],
  Card.prototype,
  'memberId',
  void 0,
);
_ts_decorate10(
  [
    ManyToOne8(() => Member),
    JoinColumn8({
      name: 'member_id',
      foreignKeyConstraintName: 'fk_cards_member',
    }),
    _ts_metadata10('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Card.prototype,
  'member',
  void 0,
);
_ts_decorate10(
  [Column10('varchar'), _ts_metadata10('design:type', String)],
  Card.prototype,
  'uid',
  void 0,
);
_ts_decorate10(
  [
    Column10('varchar', {
      nullable: true,
    }),
    _ts_metadata10('design:type', Object),
  ],
  Card.prototype,
  'label',
  void 0,
);
_ts_decorate10(
  [
    Column10('double precision', {
      name: 'created_at',
    }),
    _ts_metadata10('design:type', Number),
  ],
  Card.prototype,
  'createdAt',
  void 0,
);
_ts_decorate10(
  [
    Column10('double precision', {
      name: 'revoked_at',
      nullable: true,
    }),
    _ts_metadata10('design:type', Object),
  ],
  Card.prototype,
  'revokedAt',
  void 0,
);
Card = _ts_decorate10(
  [
    Entity10('cards'),
    Index7('ix_cards_member', ['memberId']),
    Index7('uq_cards_active_uid', ['uid'], {
      unique: true,
      where: 'revoked_at IS NULL',
    }),
  ],
  Card,
);

// apps/api/src/uses/use.entity.ts
import {
  Column as Column11,
  Entity as Entity11,
  Index as Index8,
  JoinColumn as JoinColumn9,
  ManyToOne as ManyToOne9,
  PrimaryGeneratedColumn as PrimaryGeneratedColumn11,
  VersionColumn as VersionColumn7,
} from 'typeorm';
function _ts_decorate11(decorators, target2, key, desc) {
  var c = arguments.length,
    r =
      c < 3
        ? target2
        : desc === null
          ? (desc = Object.getOwnPropertyDescriptor(target2, key))
          : desc,
    d;
  if (typeof Reflect === 'object' && typeof Reflect.decorate === 'function') {
    r = Reflect.decorate(decorators, target2, key, desc);
  } else {
    for (var i = decorators.length - 1; i >= 0; i--) {
      if ((d = decorators[i])) {
        r = (c < 3 ? d(r) : c > 3 ? d(target2, key, r) : d(target2, key)) || r;
      }
    }
  }
  return (c > 3 && r && Object.defineProperty(target2, key, r), r);
}
function _ts_metadata11(metadataKey, metadataValue) {
  if (typeof Reflect === 'object' && typeof Reflect.metadata === 'function') {
    return Reflect.metadata(metadataKey, metadataValue);
  }
}
var Use = class {};
_ts_decorate11(
  [
    PrimaryGeneratedColumn11({
      primaryKeyConstraintName: 'pk_uses',
    }),
    _ts_metadata11('design:type', Number),
  ],
  Use.prototype,
  'id',
  void 0,
);
_ts_decorate11(
  [
    Column11('integer', {
      name: 'machine_id',
    }),
    _ts_metadata11('design:type', Number),
  ],
  Use.prototype,
  'machineId',
  void 0,
);
_ts_decorate11(
  [
    ManyToOne9(() => Machine),
    JoinColumn9({
      name: 'machine_id',
      foreignKeyConstraintName: 'fk_uses_machine',
    }),
    _ts_metadata11('design:type', typeof Relation === 'undefined' ? Object : Relation),
  ],
  Use.prototype,
  'machine',
  void 0,
);
_ts_decorate11(
  [
    Column11('integer', {
      name: 'member_id',
      nullable: true,
    }),
    _ts_metadata11('design:type', Object),
  ],
  Use.prototype,
  'memberId',
  void 0,
);
_ts_decorate11(
  [
    ManyToOne9(() => Member, {
      nullable: true,
    }),
    JoinColumn9({
      name: 'member_id',
      foreignKeyConstraintName: 'fk_uses_member',
    }),
    _ts_metadata11('design:type', Object),
  ],
  Use.prototype,
  'member',
  void 0,
);
_ts_decorate11(
  [
    Column11('varchar', {
      name: 'card_uid',
      nullable: true,
    }),
    _ts_metadata11('design:type', Object),
  ],
  Use.prototype,
  'cardUid',
  void 0,
);
_ts_decorate11(
  [
    Column11('double precision', {
      name: 'started_at',
    }),
    _ts_metadata11('design:type', Number),
  ],
  Use.prototype,
  'startedAt',
  void 0,
);
_ts_decorate11(
  [
    Column11('double precision', {
      name: 'last_seen_at',
    }),
    _ts_metadata11('design:type', Number),
  ],
  Use.prototype,
  'lastSeenAt',
  void 0,
);
_ts_decorate11(
  [
    Column11('double precision', {
      name: 'ended_at',
      nullable: true,
    }),
    _ts_metadata11('design:type', Object),
  ],
  Use.prototype,
  'endedAt',
  void 0,
);
_ts_decorate11(
  [
    Column11('double precision', {
      name: 'duration_s',
      nullable: true,
    }),
    _ts_metadata11('design:type', Object),
  ],
  Use.prototype,
  'durationS',
  void 0,
);
_ts_decorate11(
  [
    Column11('boolean', {
      default: false,
    }),
    _ts_metadata11('design:type', Boolean),
  ],
  Use.prototype,
  'replayed',
  void 0,
);
_ts_decorate11(
  [
    Column11('boolean', {
      default: false,
    }),
    _ts_metadata11('design:type', Boolean),
  ],
  Use.prototype,
  'estimated',
  void 0,
);
_ts_decorate11(
  [Column11('boolean'), _ts_metadata11('design:type', Boolean)],
  Use.prototype,
  'authorized',
  void 0,
);
_ts_decorate11(
  [
    Column11('varchar', {
      default: 'board',
    }),
    _ts_metadata11('design:type', typeof UseSource === 'undefined' ? Object : UseSource),
  ],
  Use.prototype,
  'source',
  void 0,
);
_ts_decorate11(
  [
    Column11('varchar', {
      name: 'closed_by',
      nullable: true,
    }),
    _ts_metadata11('design:type', Object),
  ],
  Use.prototype,
  'closedBy',
  void 0,
);
_ts_decorate11(
  [
    VersionColumn7({
      default: 1,
    }),
    _ts_metadata11('design:type', Number),
  ],
  Use.prototype,
  'version',
  void 0,
);
Use = _ts_decorate11(
  [
    Entity11('uses'),
    Index8('uq_uses_open', ['machineId'], {
      unique: true,
      where: 'ended_at IS NULL',
    }),
    Index8('ix_uses_machine_started', ['machineId', 'startedAt']),
    Index8('ix_uses_member_started', ['memberId', 'startedAt']),
    Index8('ix_uses_started', ['startedAt']),
  ],
  Use,
);

// apps/api/src/database/entities.ts
var entities = [
  Role,
  Member,
  Card,
  MachineType,
  Machine,
  Board,
  Authorization,
  Use,
  MaintenancePlan,
  Intervention,
  UnrecognisedCard,
];

// apps/api/src/database/data-source.ts
var BUSY_TIMEOUT_MS = 5e3;
var POOL_SIZE = 10;
var CONNECT_TIMEOUT_MS = 1e4;
var INT8 = 20;
function createDataSource(target2, purpose) {
  return new DataSource(dataSourceOptions(target2, purpose));
}
function dataSourceOptions(target2, purpose) {
  const common = {
    entities,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    synchronize: false,
  };
  if (target2.kind === 'postgres') {
    return {
      ...common,
      type: 'postgres',
      url: ownUrl(target2.url, purpose),
      ssl: target2.ssl,
      installExtensions: false,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      poolSize: POOL_SIZE,
      extra: {
        types: {
          getTypeParser,
        },
      },
    };
  }
  mkdirSync(dirname(target2.file), {
    recursive: true,
  });
  return {
    ...common,
    type: 'better-sqlite3',
    database: target2.file,
    readonly: purpose === 'read',
    timeout: BUSY_TIMEOUT_MS,
    prepareDatabase: purpose === 'write' ? prepareWriter : void 0,
  };
}
function prepareWriter(connection) {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
}
function ownUrl(url, purpose) {
  const own = new URL(url);
  const options = [
    own.searchParams.get('options'),
    '-c fabomatic.api=on',
    purpose === 'read' ? '-c default_transaction_read_only=on' : null,
  ];
  own.searchParams.set('options', options.filter((option) => option !== null).join(' '));
  return own.toString();
}
function getTypeParser(oid, format) {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format);
}

// apps/api/src/database/foreign-commits.ts
var ForeignCommits = class {};
var SqliteForeignCommits = class extends ForeignCommits {
  constructor(connection) {
    super();
    this.statement = connection.prepare('PRAGMA data_version').pluck();
    this.known = this.statement.get();
  }
  changed() {
    const now = this.statement.get();
    if (now === this.known) return false;
    this.known = now;
    return true;
  }
};

// apps/api/src/database/migrate.ts
import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname as dirname2, extname, join } from 'node:path';

// libs/kernel/src/app-error.ts
var AppError = class extends Error {
  constructor(code, params = {}, fields) {
    (super(`${code} ${JSON.stringify(params)}`),
      (this.code = code),
      (this.params = params),
      (this.fields = fields));
    this.name = 'AppError';
  }
};

// libs/kernel/src/clock.ts
var systemClock = {
  nowS: () => Date.now() / 1e3,
};

// libs/kernel/src/page.ts
import { z } from 'zod';
var MAX_PAGE_SIZE = 200;
var DEFAULT_PAGE_SIZE = 50;
var PageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});

// libs/kernel/src/units.ts
import { z as z2 } from 'zod';
var IsoTime = z2.iso.datetime();
function toIso(epochS) {
  return new Date(epochS * 1e3).toISOString();
}

// apps/api/src/database/database-errors.ts
var databaseErrors = {
  /** Another API process works on this PostgreSQL database. */
  inUse: 'database.in_use',
  /** A newer release has migrated it: this one would not know what it reads. Param `migration`. */
  tooNew: 'database.too_new',
  /** The tables are those of another program (FabOMatic's own file, say): import it instead. */
  notOurs: 'database.not_ours',
  /** The process is shutting down and takes no more writes. */
  closing: 'database.closing',
};

// apps/api/src/database/migrate.ts
function isExistingFile(config) {
  const { target: target2 } = config;
  return target2.kind === 'sqlite' && existsSync(target2.file) && statSync(target2.file).size > 0;
}
async function migrate(writer, config, holdsData) {
  await refuseForeignSchema(writer);
  if (!(await writer.showMigrations())) return null;
  const copy = holdsData ? await backUp(writer, config) : null;
  await writer.runMigrations({
    transaction: 'all',
  });
  return copy;
}
async function refuseForeignSchema(writer) {
  const runner = writer.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) {
      if ((await runner.hasTable('roles')) || (await runner.hasTable('users'))) {
        throw new AppError(databaseErrors.notOurs);
      }
      return;
    }
    const known = new Set(migrations.map((migration) => migration.name));
    const applied = await runner.query('SELECT name FROM migrations');
    const unknown = applied.find(({ name }) => !known.has(name));
    if (unknown !== void 0) {
      throw new AppError(databaseErrors.tooNew, {
        migration: unknown.name,
      });
    }
  } finally {
    await runner.release();
  }
}
async function backUp(writer, config) {
  const { target: target2 } = config;
  if (target2.kind !== 'sqlite') return null;
  const folder = config.backupFolder ?? join(dirname2(target2.file), 'backups');
  const extension = extname(target2.file);
  const name = basename(target2.file, extension);
  const time = toIso(systemClock.nowS()).replaceAll(':', '-');
  const copy = join(folder, `${name}-${time}${extension}`);
  await mkdir(folder, {
    recursive: true,
  });
  const runner = writer.createQueryRunner();
  const connection = await runner.connect();
  await connection.backup(copy);
  return copy;
}

// apps/api/src/database/db.ts
var ReadDb = class {};
var Db = class extends ReadDb {};

// apps/api/src/database/insert-sql.ts
var cache = /* @__PURE__ */ new Map();
var CACHE_SIZE = 500;
function insertSql(table, columns) {
  const key = `${table} ${columns.join()}`;
  const known = cache.get(key);
  if (known !== void 0) return known;
  const marks = columns.map(() => '?').join(', ');
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) RETURNING id`;
  if (cache.size < CACHE_SIZE) cache.set(key, sql);
  return sql;
}

// apps/api/src/database/postgres-sql.ts
var CACHE_SIZE2 = 500;
var cache2 = /* @__PURE__ */ new Map();
function numbered(sql) {
  let count = 0;
  return sql.replace(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++count}` : part));
}
function postgresQuery(sql, params) {
  let known = cache2.get(sql);
  if (known === void 0) {
    const text = numbered(sql);
    if (cache2.size < CACHE_SIZE2) {
      known = {
        text,
        name: `fab${cache2.size + 1}`,
      };
      cache2.set(sql, known);
    } else
      known = {
        text,
      };
  }
  return {
    ...known,
    values: [...params],
  };
}

// apps/api/src/database/postgres-db.ts
var NONE = [];
var PostgresReadDb = class extends ReadDb {
  constructor(pool, em) {
    (super(), (this.pool = pool), (this.em = em));
  }
  async query(sql, params = NONE) {
    return (await this.pool.query(postgresQuery(sql, params))).rows;
  }
};
var PostgresDb = class extends Db {
  constructor(client, manager) {
    (super(),
      (this.client = client),
      (this.manager = manager),
      (this.callbacks = []),
      (this.isOver = false));
  }
  get em() {
    this.refuseWhenOver();
    return this.manager;
  }
  async query(sql, params = NONE) {
    this.refuseWhenOver();
    return (await this.client.query(postgresQuery(sql, params))).rows;
  }
  async execute(sql, params = NONE) {
    this.refuseWhenOver();
    return (await this.client.query(postgresQuery(sql, params))).rowCount ?? 0;
  }
  async insert(table, row) {
    const sql = insertSql(table, Object.keys(row));
    const [added] = await this.query(sql, Object.values(row));
    if (added === void 0) throw new Error(`${table}: RETURNING gave no row`);
    return added.id;
  }
  afterCommit(callback) {
    this.refuseWhenOver();
    this.callbacks.push(callback);
  }
  /** From here on a forgotten `await` in the unit is an error, not a write in someone else's. */
  end() {
    this.isOver = true;
  }
  refuseWhenOver() {
    if (this.isOver) throw new Error('the unit of work has ended: an await is missing in it');
  }
};

// apps/api/src/database/unit-of-work.ts
var UnitOfWork = class {};

// apps/api/src/database/postgres-unit-of-work.ts
var PostgresUnitOfWork = class extends UnitOfWork {
  constructor(dataSource, reportDefect) {
    (super(),
      (this.dataSource = dataSource),
      (this.reportDefect = reportDefect) /** Transactions committed so far. */,
      (this.commits = 0),
      (this.atWork = /* @__PURE__ */ new Set()),
      (this.isClosing = false));
  }
  run(unit) {
    if (this.isClosing) return Promise.reject(new AppError(databaseErrors.closing));
    const result = this.inTransaction(unit);
    this.atWork.add(result);
    const done = () => this.atWork.delete(result);
    result.then(done, done);
    return result;
  }
  async close() {
    this.isClosing = true;
    await Promise.allSettled(this.atWork);
  }
  async inTransaction(unit) {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = await runner.connect();
      await runner.startTransaction();
      const db = new PostgresDb(client, runner.manager);
      const result = await this.attempt(runner, client, db, unit);
      this.commits += 1;
      for (const callback of db.callbacks) this.call(callback);
      return result;
    } finally {
      await runner.release();
    }
  }
  async attempt(runner, client, db, unit) {
    try {
      const result = await unit(db);
      if (client.getTransactionStatus() === 'E') {
        throw new Error('a statement failed in the unit of work, which caught the error');
      }
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await rollBack(runner);
      throw error;
    } finally {
      db.end();
    }
  }
  call(callback) {
    try {
      callback();
    } catch (error) {
      this.reportDefect(error);
    }
  }
};
async function rollBack(runner) {
  try {
    await runner.rollbackTransaction();
  } catch {}
}

// apps/api/src/database/postgres-watch.ts
import { Client } from 'pg';
var LOCK_KEY = 1178681857;
var CHANNEL = 'fabomatic_lab_changed';
var RECONNECT_MS = 1e3;
var PostgresWatch = class _PostgresWatch extends ForeignCommits {
  constructor(target2, events) {
    (super(),
      (this.target = target2),
      (this.events = events),
      (this.hasChanged = false),
      (this.isClosed = false));
  }
  /** Throws `database.in_use` when another process has the lock. */
  static async open(target2, events) {
    const watch = new _PostgresWatch(target2, events);
    await watch.connect();
    return watch;
  }
  changed() {
    const { hasChanged } = this;
    this.hasChanged = false;
    return hasChanged;
  }
  async close() {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.client?.end();
  }
  async connect() {
    const client = new Client({
      connectionString: ownUrl(this.target.url, 'write'),
      ssl: this.target.ssl,
      keepAlive: true,
    });
    let isEstablished = false;
    client.on('error', (error) => {
      if (isEstablished && this.client === client) this.lost(error);
    });
    client.on('notification', () => {
      this.hasChanged = true;
    });
    try {
      await client.connect();
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [LOCK_KEY]);
      if (rows[0]?.locked !== true) throw new AppError(databaseErrors.inUse);
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    isEstablished = true;
    this.client = client;
  }
  lost(error) {
    this.client = void 0;
    if (this.isClosed) return;
    this.events.onLost(error);
    this.reconnectSoon();
  }
  reconnectSoon() {
    this.timer = setTimeout(() => void this.reconnect(), RECONNECT_MS);
    this.timer.unref();
  }
  async reconnect() {
    try {
      await this.connect();
      this.hasChanged = true;
    } catch (error) {
      if (error instanceof AppError) this.events.onTakenOver();
      else if (!this.isClosed) this.reconnectSoon();
    }
  }
};

// apps/api/src/auth/password-hash.ts
import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';
var ARGON2 = {
  memoryCost: 19456,
  timeCost: 2,
  parallelism: 1,
};
var MAX_SCRYPT_BYTES = 256 * 1024 * 1024;
var pbkdf2Async = promisify(pbkdf2);
function hashPassword(password) {
  return argon2Hash(password, ARGON2);
}

// apps/api/src/database/seed.ts
var FIRST_PASSWORD = 'admin';
var FIRST_CARD = '12345678';
async function seed(database2, adminEmail) {
  if (!(await isEmpty(database2.reader))) return false;
  const passwordHash = await hashPassword(FIRST_PASSWORD);
  return database2.units.run(async (db) => {
    if (!(await isEmpty(db))) return false;
    await fill(db, adminEmail, passwordHash);
    return true;
  });
}
async function isEmpty(db) {
  return (await db.query('SELECT id FROM roles LIMIT 1')).length === 0;
}
async function fill(db, adminEmail, passwordHash) {
  const now = systemClock.nowS();
  const admins = await db.insert('roles', {
    name: 'admins',
    reserved: true,
    authorize_all: true,
    maintenance: true,
    portal_access: 'admin',
  });
  await db.insert('roles', {
    name: 'Fab Staff',
    authorize_all: true,
    maintenance: true,
  });
  await db.insert('roles', {
    name: 'Fab Users',
    authorize_all: true,
  });
  const anonymous = await db.insert('roles', {
    name: 'Anonymous',
    reserved: true,
  });
  await db.insert('members', {
    first_name: 'Anonymous',
    last_name: '',
    role_id: anonymous,
    created_at: now,
  });
  const admin = await db.insert('members', {
    first_name: 'admin',
    last_name: 'admin',
    email: adminEmail,
    role_id: admins,
    password_hash: passwordHash,
    must_change_password: true,
    created_at: now,
  });
  await db.insert('cards', {
    member_id: admin,
    uid: FIRST_CARD,
    created_at: now,
  });
  const type = await db.insert('machine_types', {
    name: 'Default type',
    timeout_min: 480,
    grace_min: 2,
    access: 'authorization',
  });
  await db.insert('machines', {
    name: 'MACHINE1',
    type_id: type,
    created_at: now,
  });
}

// apps/api/src/database/sqlite-db.ts
var NONE2 = [];
var SqliteReadDb = class extends ReadDb {
  constructor(statements, em) {
    (super(), (this.statements = statements), (this.em = em));
  }
  // Async, so that a refused statement becomes a rejection and not a throw.
  async query(sql, params = NONE2) {
    return this.statements.rows(sql, params);
  }
};
var SqliteDb = class extends Db {
  constructor(statements, manager) {
    (super(), (this.statements = statements), (this.manager = manager), (this.isOver = false));
  }
  get em() {
    this.refuseWhenOver();
    return this.manager;
  }
  async query(sql, params = NONE2) {
    return this.attempt(() => this.statements.rows(sql, params));
  }
  async execute(sql, params = NONE2) {
    return this.attempt(() => this.statements.changes(sql, params));
  }
  async insert(table, row) {
    const sql = insertSql(table, Object.keys(row));
    const [added] = this.attempt(() => this.statements.rows(sql, Object.values(row)));
    if (added === void 0) throw new Error(`${table}: RETURNING gave no row`);
    return added.id;
  }
  afterCommit(callback) {
    this.refuseWhenOver();
    (this.callbacks ??= []).push(callback);
  }
  /** From here on a forgotten `await` in the unit is an error, not a write in someone else's. */
  end() {
    this.isOver = true;
  }
  attempt(statement) {
    this.refuseWhenOver();
    try {
      return statement();
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }
  refuseWhenOver() {
    if (this.isOver) throw new Error('the unit of work has ended: an await is missing in it');
  }
};

// apps/api/src/database/sqlite-statements.ts
var CACHE_SIZE3 = 500;
var SqliteStatements = class {
  constructor(connection) {
    this.connection = connection;
    this.cache = /* @__PURE__ */ new Map();
  }
  rows(sql, params) {
    const { statement, flags } = this.prepare(sql);
    if (!statement.reader) {
      statement.run(...params.map(bindable));
      return [];
    }
    const rows = statement.all(...params.map(bindable));
    for (const flag of flags) for (const row of rows) row[flag] = asFlag(row[flag]);
    return rows;
  }
  /** Number of rows that were changed. */
  changes(sql, params) {
    const { statement } = this.prepare(sql);
    const values = params.map(bindable);
    return statement.reader ? statement.all(...values).length : statement.run(...values).changes;
  }
  prepare(sql) {
    const known = this.cache.get(sql);
    if (known !== void 0) return known;
    const statement = this.connection.prepare(sql);
    const flags = statement.reader
      ? statement
          .columns()
          .filter((column) => column.type === 'boolean')
          .map((column) => column.name)
      : [];
    const prepared = {
      statement,
      flags,
    };
    this.cache.set(sql, prepared);
    if (this.cache.size > CACHE_SIZE3) {
      for (const oldest of this.cache.keys()) {
        this.cache.delete(oldest);
        break;
      }
    }
    return prepared;
  }
};
function bindable(value) {
  return typeof value === 'boolean' ? Number(value) : value;
}
function asFlag(value) {
  return value === null || value === void 0 ? null : value !== 0;
}

// apps/api/src/database/sqlite-unit-of-work.ts
var MAX_BATCH = 256;
var SqliteUnitOfWork = class extends UnitOfWork {
  constructor(runner, connection, reportDefect) {
    (super(),
      (this.runner = runner),
      (this.connection = connection),
      (this.reportDefect =
        reportDefect) /** Transactions committed so far: one for a whole batch. */,
      (this.commits = 0),
      (this.waiting = []),
      (this.isAtWork = false),
      (this.isClosing = false),
      (this.onIdle = []));
    this.statements = new SqliteStatements(connection);
    this.lock = connection.prepare('DELETE FROM migrations WHERE 0');
    this.savepoint = connection.prepare('SAVEPOINT unit_of_work');
    this.release = connection.prepare('RELEASE unit_of_work');
    this.rollbackTo = connection.prepare('ROLLBACK TO unit_of_work');
  }
  run(unit) {
    if (this.isClosing) return Promise.reject(new AppError(databaseErrors.closing));
    return new Promise((resolve, reject) => {
      const attempt = async (db) => {
        const result = await unit(db);
        return () => resolve(result);
      };
      this.waiting.push({
        attempt,
        reject,
      });
      this.schedule();
    });
  }
  close() {
    this.isClosing = true;
    if (!this.isAtWork) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }
  schedule() {
    if (this.isAtWork) return;
    this.isAtWork = true;
    setImmediate(() => void this.takeWaiting());
  }
  async takeWaiting() {
    const batch = this.waiting.splice(0, MAX_BATCH);
    try {
      const answers = await this.commitTogether(batch);
      for (const answer of answers) answer();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    this.isAtWork = false;
    if (this.waiting.length > 0) this.schedule();
    else for (const idle of this.onIdle.splice(0)) idle();
  }
  /** Runs and commits the units; gives one answer for each, to be called in this order. */
  async commitTogether(batch) {
    const answers = [];
    const callbacks = [];
    await this.runner.startTransaction();
    try {
      this.lock.run();
      for (const item of batch) {
        const db = new SqliteDb(this.statements, this.runner.manager);
        answers.push(await this.inSavepoint(item, db));
        if (db.callbacks !== void 0) callbacks.push(...db.callbacks);
      }
      await this.runner.commitTransaction();
    } catch (error) {
      await this.rollBackAll();
      throw error;
    }
    this.commits += 1;
    for (const callback of callbacks) this.call(callback);
    return answers;
  }
  async inSavepoint(item, db) {
    this.savepoint.run();
    try {
      const answer = await item.attempt(db);
      if (db.failure !== void 0) throw db.failure;
      this.release.run();
      return answer;
    } catch (error) {
      if (!this.connection.inTransaction) throw error;
      this.rollbackTo.run();
      this.release.run();
      db.callbacks = void 0;
      return () => item.reject(error);
    } finally {
      db.end();
    }
  }
  async rollBackAll() {
    if (!this.connection.inTransaction) this.connection.exec('BEGIN');
    await this.runner.rollbackTransaction();
  }
  call(callback) {
    try {
      callback();
    } catch (error) {
      this.reportDefect(error);
    }
  }
};

// apps/api/src/database/open-database.ts
async function openDatabase(config, options) {
  const holdsData = isExistingFile(config);
  const watch = await openWatch(config.target, options);
  const opened = watch === null ? [] : [() => watch.close()];
  try {
    const writer = await createDataSource(config.target, 'write').initialize();
    opened.push(() => writer.destroy());
    const copy = await migrate(writer, config, holdsData);
    if (copy !== null) options.log.log(`database copied to ${copy} before it was migrated`);
    const reader = await createDataSource(config.target, 'read').initialize();
    opened.push(() => reader.destroy());
    const database2 =
      watch === null
        ? await sqliteDatabase(writer, reader, options.log)
        : postgresDatabase(writer, reader, watch, options.log);
    if (await seed(database2, config.adminEmail)) {
      options.log.log('empty database: the first administrator was added');
    }
    return database2;
  } catch (error) {
    for (const close of opened.reverse()) await close();
    throw error;
  }
}
function openWatch(target2, options) {
  if (target2.kind === 'sqlite') return Promise.resolve(null);
  const { log, onTakenOver } = options;
  return PostgresWatch.open(target2, {
    onLost: (error) => log.warn(`connection to the database lost: ${error.message}`),
    onTakenOver,
  });
}
async function sqliteDatabase(writer, reader, log) {
  const runner = writer.createQueryRunner();
  const connection = await runner.connect();
  const readConnection = await reader.createQueryRunner().connect();
  const units = new SqliteUnitOfWork(runner, connection, (error) => log.error(error));
  return {
    units,
    reader: new SqliteReadDb(new SqliteStatements(readConnection), reader.manager),
    foreignCommits: new SqliteForeignCommits(connection),
    close: once(async () => {
      await units.close();
      await reader.destroy();
      connection.pragma('wal_checkpoint(TRUNCATE)');
      await writer.destroy();
    }),
  };
}
function postgresDatabase(writer, reader, watch, log) {
  const units = new PostgresUnitOfWork(writer, (error) => log.error(error));
  return {
    units,
    reader: new PostgresReadDb(poolOf(reader), reader.manager),
    foreignCommits: watch,
    close: once(async () => {
      await units.close();
      await reader.destroy();
      await writer.destroy();
      await watch.close();
    }),
  };
}
function once(close) {
  let closed;
  return () => (closed ??= close());
}
function poolOf(dataSource) {
  return dataSource.driver.master;
}

// apps/api/src/database/load-until-killed.fixture.ts
var target = JSON.parse(process.argv[2] ?? '');
var database = await openDatabase(
  {
    target,
    adminEmail: null,
  },
  {
    log: {
      log: () => void 0,
      warn: () => void 0,
      error: console.error,
    },
    onTakenOver: () => process.exit(1),
  },
);
async function writeForEver(writer) {
  for (let round = 0; ; round += 1) {
    const name = `${writer}-${round}`;
    await database.units.run(async (db) => {
      await db.insert('roles', {
        name,
      });
      await db.insert('roles', {
        name: `${name} too`,
      });
    });
    writeSync(
      1,
      `${name}
`,
    );
  }
}
await Promise.all(
  Array.from(
    {
      length: 20,
    },
    (_, writer) => writeForEver(writer),
  ),
);
