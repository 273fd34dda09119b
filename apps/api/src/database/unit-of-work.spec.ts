import { Role } from '../members/role.entity';
import { eachDatabase, type TestDatabase } from '../testing/databases';
import type { Db } from './db';
import { violation } from './violation';
import { SqliteUnitOfWork } from './sqlite-unit-of-work';

const addRole = (db: Db, name: string) => db.insert('roles', { name });

async function roleNames(database: TestDatabase, like: string): Promise<string[]> {
  const rows = await database.reader.query<{ name: string }>(
    'SELECT name FROM roles WHERE name LIKE ? ORDER BY name',
    [like],
  );
  return rows.map((row) => row.name);
}

/** Something that is only checked when the transaction commits: the card's member is missing. */
async function spoilCommit(db: Db, kind: string): Promise<void> {
  if (kind === 'sqlite') {
    await db.query('PRAGMA defer_foreign_keys = ON');
  } else {
    await db.query('ALTER TABLE cards ALTER CONSTRAINT fk_cards_member DEFERRABLE');
    await db.query('SET CONSTRAINTS fk_cards_member DEFERRED');
  }
  await db.insert('cards', { member_id: 999_999, uid: 'AA', created_at: 1 });
}

describe('UnitOfWork', () => {
  eachDatabase((kind, open) => {
    it('keeps exactly what succeeded when units fail, succeed and read at once', async () => {
      const database = await open();
      const seenByReads = new Set<string>();
      const read = async () => {
        for (const name of await roleNames(database, 'mix%')) seenByReads.add(name);
      };
      const reads: Promise<void>[] = [];
      const outcomes = await Promise.allSettled(
        Array.from({ length: 120 }, (_, i) => {
          reads.push(read());
          return database.units.run(async (db) => {
            await addRole(db, `mix ${i} first`);
            reads.push(read());
            if (i % 3 === 1) throw new Error('refused');
            // The name is taken: the database refuses.
            if (i % 3 === 2) await addRole(db, 'admins');
            await addRole(db, `mix ${i} second`);
            return i;
          });
        }),
      );
      await Promise.all(reads);
      await read();

      const good = outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [outcome.value] : [],
      );
      expect(good).toEqual(Array.from({ length: 40 }, (_, i) => i * 3));
      const expected = good.flatMap((i) => [`mix ${i} first`, `mix ${i} second`]).sort();
      expect([...seenByReads].sort()).toEqual(expected);
      expect((await roleNames(database, 'mix%')).sort()).toEqual(expected);
    });

    it('does the same with TypeORM inside the units', async () => {
      const { units, reader } = await open();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) =>
          units.run(async (db) => {
            await db.em.save(db.em.create(Role, { name: `orm ${i}`, portalAccess: 'admin' }));
            await db.em.transaction((em) => em.update(Role, { name: `orm ${i}` }, { version: 7 }));
            if (i % 2 === 1) await db.em.insert(Role, { name: 'admins' });
          }),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(15);
      const roles = await reader.em.findBy(Role, { version: 7, portalAccess: 'admin' });
      expect(roles).toHaveLength(15);
      expect(roles[0]).toMatchObject({ reserved: false, authorizeAll: false });
    });

    it('rolls back a unit that swallows an error of the database', async () => {
      const database = await open();
      const unit = database.units.run(async (db) => {
        await addRole(db, 'lost');
        await addRole(db, 'admins').catch(() => 0);
      });
      expect(violation(await unit.catch((error: unknown) => error))).toBe(
        kind === 'sqlite' ? 'unique' : null,
      );
      expect(await roleNames(database, 'lost')).toEqual([]);
    });

    it('rejects the units whose commit fails, and none after them', async () => {
      const database = await open();
      const called: string[] = [];
      const failing = [
        database.units.run(async (db) => {
          db.afterCommit(() => called.push('spoilt'));
          await spoilCommit(db, kind);
        }),
      ];
      const beside = database.units.run((db) => addRole(db, 'beside'));
      // On SQLite the units of a batch share the commit, and so its failure.
      if (kind === 'sqlite') failing.push(beside.then(() => undefined));
      else await beside;
      for (const outcome of await Promise.allSettled(failing)) {
        expect(outcome).toMatchObject({
          reason: { message: expect.stringMatching(/foreign key/i) },
        });
      }
      expect(called).toEqual([]);
      expect(await roleNames(database, 'beside')).toHaveLength(kind === 'sqlite' ? 0 : 1);

      await database.units.run((db) => addRole(db, 'after'));
      expect(await roleNames(database, 'after')).toEqual(['after']);
    });

    it('calls what waits for the commit in order, before it answers, only if it came', async () => {
      const database = await open();
      const order: string[] = [];
      const unit = (name: string, fails: boolean) =>
        database.units
          .run(async (db) => {
            await addRole(db, name);
            db.afterCommit(() => order.push(`${name} committed`));
            if (fails) throw new Error('refused');
          })
          .then(
            () => order.push(`${name} answered`),
            () => order.push(`${name} refused`),
          );
      for (const [name, fails] of [
        ['a', false],
        ['b', true],
        ['c', false],
      ] as const) {
        if (kind === 'sqlite') void unit(name, fails);
        else await unit(name, fails);
      }
      await database.units.run((db) => db.query('SELECT 1'));
      expect(order).toEqual(
        kind === 'sqlite'
          ? ['a committed', 'c committed', 'a answered', 'b refused', 'c answered']
          : ['a committed', 'a answered', 'b refused', 'c committed', 'c answered'],
      );
    });

    it('answers a committed unit even if its callback throws, and reports that', async () => {
      const database = await open();
      const defect = new Error('defect');
      await database.units.run(async (db) =>
        db.afterCommit(() => {
          throw defect;
        }),
      );
      expect(database.defects).toEqual([defect]);
    });

    it('refuses a statement after the end of its unit', async () => {
      const database = await open();
      const escaped = await database.units.run(async (db) => ({ db }));
      await expect(escaped.db.query('SELECT 1')).rejects.toThrow(/await is missing/);
    });

    it('gives flags, counts and changed rows alike', async () => {
      const { units, reader } = await open();
      const [admins] = await reader.query("SELECT reserved FROM roles WHERE name = 'admins'");
      expect(admins).toEqual({ reserved: true });
      expect(
        await reader.query('SELECT count(*) AS n FROM roles WHERE reserved = ?', [true]),
      ).toEqual([{ n: 2 }]);
      const changed = await units.run((db) =>
        db.execute("UPDATE roles SET version = version + 1 WHERE name <> 'a?' AND reserved = ?", [
          false,
        ]),
      );
      expect(changed).toBe(2);
    });

    it('does not let readers write', async () => {
      const { reader } = await open();
      const refused = /read-?only/;
      await expect(reader.query("DELETE FROM roles WHERE name = 'x'")).rejects.toThrow(refused);
      await expect(reader.em.delete(Role, { name: 'x' })).rejects.toThrow(refused);
    });

    it('tells why the database refused', async () => {
      const { units } = await open();
      const reason = (unit: (db: Db) => Promise<unknown>) =>
        units.run(unit).then(
          () => 'none',
          (error: unknown) => violation(error),
        );
      expect(await reason((db) => addRole(db, 'admins'))).toBe('unique');
      expect(await reason((db) => db.em.insert(Role, { name: 'admins' }))).toBe('unique');
      expect(await reason((db) => db.execute('DELETE FROM roles'))).toBe('foreign-key');
      expect(await reason((db) => db.query('SELECT nothing'))).toBe(null);
    });

    it('ends the units at work before it closes, and takes no more', async () => {
      const database = await open();
      const last = database.units.run((db) => addRole(db, 'last'));
      const closed = database.units.close();
      await expect(database.units.run((db) => addRole(db, 'late'))).rejects.toThrow(
        'database.closing',
      );
      await closed;
      await last;
      expect(await roleNames(database, 'la%')).toEqual(['last']);
    });
  });
});

describe('group commit on SQLite', () => {
  eachDatabase(
    (_kind, open) => {
      it('shares one commit among the units that wait', async () => {
        const { units } = await open();
        if (!(units instanceof SqliteUnitOfWork)) throw new Error('SQLite expected');
        const before = units.commits;
        await Promise.all(
          Array.from({ length: 50 }, (_, i) => units.run((db) => addRole(db, `${i}`))),
        );
        expect(units.commits - before).toBe(1);
      });

      it('puts units that arrive while a batch runs into the next one', async () => {
        const { units } = await open();
        if (!(units instanceof SqliteUnitOfWork)) throw new Error('SQLite expected');
        const before = units.commits;
        const later: Promise<number>[] = [];
        await units.run(async (db) => {
          await addRole(db, 'now');
          later.push(units.run((next) => addRole(next, 'next 1')));
          later.push(units.run((next) => addRole(next, 'next 2')));
        });
        expect(units.commits - before).toBe(1);
        await Promise.all(later);
        expect(units.commits - before).toBe(2);
      });

      it('rejects the batch and recovers when SQLite gives up the whole transaction', async () => {
        const database = await open();
        const outcomes = await Promise.allSettled([
          database.units.run((db) => addRole(db, 'first')),
          database.units.run((db) =>
            db.query("INSERT OR ROLLBACK INTO roles (name) VALUES ('admins')"),
          ),
          database.units.run((db) => addRole(db, 'third')),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual(Array(3).fill('rejected'));
        await database.units.run((db) => addRole(db, 'after'));
        expect(await roleNames(database, '%')).not.toContain('first');
        expect(await roleNames(database, 'after')).toEqual(['after']);
      });
    },
    ['sqlite'],
  );
});
