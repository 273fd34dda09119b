import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { eachDatabase, freshTarget } from '../testing/databases';
import { DATABASE_CONFIG, type DatabaseConfig } from './database-config';
import { DatabaseModule } from './database.module';
import { ReadDb } from './db';
import { ForeignCommits } from './foreign-commits';
import { UnitOfWork } from './unit-of-work';

function settings(config: DatabaseConfig) {
  @Global()
  @Module({
    providers: [{ provide: DATABASE_CONFIG, useValue: config }],
    exports: [DATABASE_CONFIG],
  })
  class Settings {}
  return Settings;
}

const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };

describe('DatabaseModule', () => {
  eachDatabase((kind) => {
    it('opens the database with the application and closes it with it', async () => {
      const config = { target: await freshTarget(kind), adminEmail: null };
      const module = await Test.createTestingModule({
        imports: [settings(config), DatabaseModule],
      })
        .setLogger(silent)
        .compile();
      const app = await module.init();
      const units = app.get(UnitOfWork);
      await units.run((db) => db.insert('roles', { name: 'added' }));
      const rows = await app.get(ReadDb).query("SELECT id FROM roles WHERE name = 'added'");
      expect(rows).toHaveLength(1);
      expect(app.get(ForeignCommits).changed()).toBe(false);
      await app.close();
      await expect(units.run(async () => 1)).rejects.toThrow('database.closing');
    });
  });
});
