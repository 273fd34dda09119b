import type { Page } from '@fabomatic/kernel';
import {
  type PortalAccess,
  type RoleListQuery,
  type RoleView,
  SYSTEM_ROLE,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface RoleRow {
  id: number;
  name: string;
  reserved: boolean;
  authorize_all: boolean;
  maintenance: boolean;
  portal_access: string;
  version: number;
  members: number;
}

const SELECT = `r.id, r.name, r.reserved, r.authorize_all, r.maintenance, r.portal_access, r.version,
  (SELECT COUNT(*) FROM members m WHERE m.role_id = r.id AND m.deleted_at IS NULL) AS members`;
const SORT_COLUMNS = { name: 'LOWER(r.name)', members: 'members', portalAccess: 'r.portal_access' };

/** One page of roles. Two queries. */
export async function listRoles(db: ReadDb, query: RoleListQuery): Promise<Page<RoleView>> {
  const conditions = new Conditions()
    .search(query.q, 'r.name')
    .filter('r.portal_access = ?', query.portalAccess);
  const statement = {
    select: SELECT,
    from: 'roles r',
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'r.id'),
  };
  return mapPage(await pageOfRows<RoleRow>(db, statement, query), view);
}

export async function findRole(db: ReadDb, id: number): Promise<RoleView | null> {
  const [row] = await db.query<RoleRow>(`SELECT ${SELECT} FROM roles r WHERE r.id = ?`, [id]);
  return row === undefined ? null : view(row);
}

function view(row: RoleRow): RoleView {
  const isSystem = row.reserved && row.name === SYSTEM_ROLE;
  return {
    id: row.id,
    name: row.name,
    authorizeAll: row.authorize_all,
    maintenance: row.maintenance,
    portalAccess: row.portal_access as PortalAccess,
    reserved: row.reserved,
    assignable: !isSystem,
    // The one who stands for nobody in particular is no member.
    members: isSystem ? Math.max(0, row.members - 1) : row.members,
    version: row.version,
  };
}
