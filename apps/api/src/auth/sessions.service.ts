import { AppError, type Clock, toIso } from '@fabomatic/kernel';
import {
  permissionsOfAccess,
  portalAccessOf,
  type PortalPermission,
  type SessionListView,
} from '@fabomatic/members';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { currentMember, findSessionAccount, namesOf, type Owed, owedBy } from './accounts.queries';
import { ApiKeysService } from './api-keys.service';
import { memberActor, type MemberPrincipal, type Origin, type Principal } from './principal';
import { IDLE_S, LONGEST_S, SessionTokens, tokenHash } from './session-tokens';

/**
 * For so long the token before the last one is still answered: tabs that woke up together, or an
 * answer that was lost on the way. After that it was stolen.
 */
const GRACE_S = 60;
const MAX_USER_AGENT = 300;

/** What a login or an exchange gives. `refreshToken` null: the browser has the newer one already. */
export interface Grant extends Owed {
  readonly accessToken: string;
  readonly refreshToken: string | null;
}

interface SessionRow {
  id: number;
  member_id: number;
  refresh_hash: string;
  previous_hash: string | null;
  rotated_at: number;
  created_at: number;
  expires_at: number;
  ip: string | null;
  user_agent: string | null;
}

/** Who is logged in where: begins, prolongs and ends sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly tokens: SessionTokens,
    private readonly keys: ApiKeysService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Inside the unit that decided to let the member in. */
  async begin(db: Db, memberId: number, from: Origin): Promise<Omit<Grant, keyof Owed>> {
    const now = this.clock.nowS();
    await db.execute('DELETE FROM sessions WHERE expires_at <= ?', [now]);
    const sessionId = await db.insert('sessions', {
      member_id: memberId,
      refresh_hash: '',
      rotated_at: now,
      created_at: now,
      expires_at: now + IDLE_S,
      ip: from.ip,
      user_agent: from.userAgent?.slice(0, MAX_USER_AGENT) ?? null,
    });
    // The token names the session, so that there must be one before there is a token.
    const refreshToken = this.tokens.refresh(sessionId);
    await db.execute('UPDATE sessions SET refresh_hash = ? WHERE id = ?', [
      tokenHash(refreshToken),
      sessionId,
    ]);
    return { accessToken: this.tokens.access({ memberId, sessionId }), refreshToken };
  }

  /**
   * Exchanges a refresh token for the next one. One that was exchanged before is a copy in other
   * hands: nobody can tell whose, so the session ends for both.
   */
  async refresh(token: string | null, from: Origin): Promise<Grant> {
    const sessionId = token === null ? null : this.tokens.sessionOfRefresh(token);
    if (token === null || sessionId === null) throw new AppError('auth.required');
    const account = await findSessionAccount(this.db, sessionId, this.clock.nowS());
    if (!account) throw new AppError('auth.required');
    const next = this.tokens.refresh(sessionId);
    const outcome = await this.unitOfWork.run(async (db) => {
      if (await this.rotate(db, sessionId, token, next)) return 'rotated';
      const [session] = await db.query<SessionRow>('SELECT * FROM sessions WHERE id = ?', [
        sessionId,
      ]);
      if (!session) return 'ended';
      const isLate = this.clock.nowS() - session.rotated_at > GRACE_S;
      if (session.previous_hash === tokenHash(token) && !isLate) return 'again';
      await this.endReused(db, session, memberActor(namesOf(account), from));
      return 'ended';
    });
    if (outcome === 'ended') throw new AppError('auth.required');
    return {
      accessToken: this.tokens.access({ memberId: account.id, sessionId }),
      refreshToken: outcome === 'rotated' ? next : null,
      ...owedBy(account, this.settings.web.requireSecondFactor),
    };
  }

  /** Who a session stands for now; null when it has ended or the member may no longer be here. */
  async principal(sessionId: number): Promise<MemberPrincipal | null> {
    const account = await findSessionAccount(this.db, sessionId, this.clock.nowS());
    if (!account) return null;
    const permissions = permissionsOfAccess(portalAccessOf(account.portal_access));
    const member = currentMember(account, this.settings.web.requireSecondFactor);
    return { kind: 'member', permissions, member, sessionId };
  }

  /** Whether an open connection may go on. */
  async isStillIn(principal: Principal, permission: PortalPermission): Promise<boolean> {
    if (principal.kind === 'api-key') return this.keys.isStillIn(principal, permission);
    return (await this.principal(principal.sessionId))?.permissions.includes(permission) ?? false;
  }

  /** All sessions of a member, inside the unit that made them wrong: a new password, say. */
  async endAll(db: Db, memberId: number): Promise<void> {
    await db.execute('DELETE FROM sessions WHERE member_id = ?', [memberId]);
  }

  /** All but one. */
  async endAllBut(db: Db, memberId: number, sessionId: number): Promise<void> {
    await db.execute('DELETE FROM sessions WHERE member_id = ? AND id <> ?', [memberId, sessionId]);
  }

  async list({ member, sessionId }: MemberPrincipal): Promise<SessionListView> {
    const rows = await this.db.query<SessionRow>(
      'SELECT * FROM sessions WHERE member_id = ? AND expires_at > ? ORDER BY rotated_at DESC, id DESC',
      [member.id, this.clock.nowS()],
    );
    const items = rows.map((row) => ({
      id: row.id,
      createdAt: toIso(row.created_at),
      lastSeenAt: toIso(row.rotated_at),
      expiresAt: toIso(row.expires_at),
      ip: row.ip,
      userAgent: row.user_agent,
      isCurrent: row.id === sessionId,
    }));
    return { items };
  }

  /** One of the member's own; somebody else's is not found. */
  async end(by: Actor, { member }: MemberPrincipal, sessionId: number): Promise<void> {
    await this.unitOfWork.run(async (db) => {
      const ended = await db.execute('DELETE FROM sessions WHERE id = ? AND member_id = ?', [
        sessionId,
        member.id,
      ]);
      if (ended === 0) throw new AppError('session.not_found', { id: sessionId });
      await this.record(db, by, 'end-session', sessionId);
    });
  }

  /** All of the member's but the one that asks. */
  async endOthers(by: Actor, { member, sessionId }: MemberPrincipal): Promise<void> {
    await this.unitOfWork.run(async (db) => {
      await this.endAllBut(db, member.id, sessionId);
      await this.record(db, by, 'end-other-sessions', null);
    });
  }

  /** Ends what the two tokens stand for; nothing when they stand for nothing. */
  async logOut(tokens: { refresh: string | null; access: string | null }): Promise<void> {
    const ids = [
      tokens.refresh === null ? null : this.tokens.sessionOfRefresh(tokens.refresh),
      tokens.access === null ? null : this.tokens.sessionOfAccess(tokens.access),
    ].filter((id) => id !== null);
    if (ids.length === 0) return;
    await this.unitOfWork.run(async (db) => {
      for (const id of ids) await db.execute('DELETE FROM sessions WHERE id = ?', [id]);
    });
  }

  /** False: the token is not the one that is good now. */
  private async rotate(db: Db, sessionId: number, token: string, next: string): Promise<boolean> {
    const now = this.clock.nowS();
    const [session] = await db.query<SessionRow>('SELECT * FROM sessions WHERE id = ?', [
      sessionId,
    ]);
    const expiresAt = Math.min(now + IDLE_S, (session?.created_at ?? 0) + LONGEST_S);
    const changed = await db.execute(
      `UPDATE sessions SET refresh_hash = ?, previous_hash = ?, rotated_at = ?, expires_at = ?
       WHERE id = ? AND refresh_hash = ?`,
      [tokenHash(next), tokenHash(token), now, expiresAt, sessionId, tokenHash(token)],
    );
    return changed === 1;
  }

  private async endReused(db: Db, session: SessionRow, by: Actor): Promise<void> {
    await db.execute('DELETE FROM sessions WHERE id = ?', [session.id]);
    await this.record(db, by, 'end-stolen-session', session.id);
  }

  private record(
    db: Db,
    by: Actor,
    action: AuditActionOf<'session'>,
    id: number | null,
  ): Promise<void> {
    return this.audit.record(db, by, { action, subject: 'session', id, name: by.name });
  }
}
