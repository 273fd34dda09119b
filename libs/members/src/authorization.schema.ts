import { IsoTime, listQuery, QueryFlag, QueryId } from '@fabomatic/kernel';
import { MACHINE_ACCESS } from '@fabomatic/machines';
import * as z from 'zod';

/** The most pairs that one change may give and take away together. */
export const MAX_BULK_PAIRS = 5000;

const id = z.number().int().positive().max(2_147_483_647);

/** A member and a machine. */
export const AuthorizationPair = z.strictObject({ memberId: id, machineId: id });
export type AuthorizationPair = z.infer<typeof AuthorizationPair>;

/** `POST /api/v1/authorizations` */
export const AuthorizationCreate = AuthorizationPair;
export type AuthorizationCreate = AuthorizationPair;

const pairs = z.array(AuthorizationPair).max(MAX_BULK_PAIRS).default([]);

/** `POST /api/v1/authorizations/bulk`: all of it, or nothing. */
export const AuthorizationBulk = z
  .strictObject({ grant: pairs, revoke: pairs })
  .refine(({ grant, revoke }) => grant.length + revoke.length <= MAX_BULK_PAIRS, {
    path: ['grant'],
    message: 'authorization.too_many',
  });
export type AuthorizationBulk = z.infer<typeof AuthorizationBulk>;

/** What a bulk change did; what was so already is counted as skipped. */
export const AuthorizationBulkResult = z.object({
  granted: z.number().int().min(0),
  revoked: z.number().int().min(0),
  skipped: z.number().int().min(0),
});
export type AuthorizationBulkResult = z.infer<typeof AuthorizationBulkResult>;

/** One member may use one machine. */
export const AuthorizationView = z.object({
  id: z.number().int().positive(),
  memberId: z.number().int().positive(),
  /** First and last name. */
  memberName: z.string(),
  machineId: z.number().int().positive(),
  machineName: z.string(),
  createdAt: IsoTime,
});
export type AuthorizationView = z.infer<typeof AuthorizationView>;

export const AUTHORIZATION_SORTS = ['member', 'machine', 'createdAt'] as const;

/** Query of `GET /api/v1/authorizations`; `q` looks for names of members and machines. */
export const AuthorizationListQuery = listQuery(AUTHORIZATION_SORTS, 'member', {
  memberId: QueryId.optional(),
  machineId: QueryId.optional(),
});
export type AuthorizationListQuery = z.infer<typeof AuthorizationListQuery>;

/** A column of the matrix. */
export const MatrixMachine = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  typeId: z.number().int().nullable(),
  typeName: z.string().nullable(),
  /** null: a machine without a type, which asks for an authorisation. `open`: for every member. */
  access: z.enum(MACHINE_ACCESS).nullable(),
  /** How many members who are not deleted have an authorisation. */
  authorized: z.number().int().min(0),
});
export type MatrixMachine = z.infer<typeof MatrixMachine>;

/** A row of the matrix. */
export const MatrixMember = z.object({
  id: z.number().int().positive(),
  /** First and last name. */
  name: z.string(),
  roleId: z.number().int().positive(),
  roleName: z.string(),
  /** The role opens every machine, whatever stands in `machineIds`. */
  authorizeAll: z.boolean(),
  disabled: z.boolean(),
  /** Machines of the matrix for which there is an authorisation. */
  machineIds: z.array(z.number().int().positive()),
});
export type MatrixMember = z.infer<typeof MatrixMember>;

/** `GET /api/v1/authorizations/matrix`: a page of members, and all machines of the filter. */
export const AuthorizationMatrix = z.object({
  items: z.array(MatrixMember),
  machines: z.array(MatrixMachine),
  total: z.number().int().min(0),
  page: z.number().int().min(1),
  pageSize: z.number().int().min(1),
});
export type AuthorizationMatrix = z.infer<typeof AuthorizationMatrix>;

export const MATRIX_SORTS = ['name', 'role'] as const;

/**
 * Query of the matrix. `q` looks for names of members; `typeId` and `machineId` choose its columns;
 * `authorized`: members with an authorisation for one of these machines, or without any.
 */
export const AuthorizationMatrixQuery = listQuery(MATRIX_SORTS, 'name', {
  roleId: QueryId.optional(),
  typeId: QueryId.optional(),
  machineId: QueryId.optional(),
  authorized: QueryFlag.optional(),
});
export type AuthorizationMatrixQuery = z.infer<typeof AuthorizationMatrixQuery>;
