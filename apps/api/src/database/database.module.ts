import {
  Global,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { databaseProblem } from './database-problem';
import { DATABASE_CONFIG, type DatabaseConfig } from './database-config';
import { ReadDb } from './db';
import { ForeignCommits } from './foreign-commits';
import { openDatabase, type OpenDatabase } from './open-database';
import { UnitOfWork } from './unit-of-work';

const OPEN_DATABASE = Symbol('OPEN_DATABASE');

/** Closes the database after everything that may still write (those stop in earlier hooks). */
@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(@Inject(OPEN_DATABASE) private readonly database: OpenDatabase) {}

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}

async function open(config: DatabaseConfig): Promise<OpenDatabase> {
  const log = new Logger('Database');
  try {
    return await openDatabase(config, {
      log,
      onTakenOver: () => {
        log.error('another process has taken the database over: shutting down');
        process.kill(process.pid, 'SIGTERM');
      },
    });
  } catch (error) {
    // What the one who starts the program can mend becomes a sentence, the rest stays a defect.
    throw databaseProblem(error, config.target);
  }
}

/**
 * Gives `UnitOfWork` (all writing), `ReadDb` (all reading) and `ForeignCommits`.
 * The application provides DATABASE_CONFIG from a global module.
 */
@Global()
@Module({
  providers: [
    DatabaseCloser,
    { provide: OPEN_DATABASE, useFactory: open, inject: [DATABASE_CONFIG] },
    {
      provide: UnitOfWork,
      useFactory: (database: OpenDatabase) => database.units,
      inject: [OPEN_DATABASE],
    },
    {
      provide: ReadDb,
      useFactory: (database: OpenDatabase) => database.reader,
      inject: [OPEN_DATABASE],
    },
    {
      provide: ForeignCommits,
      useFactory: (database: OpenDatabase) => database.foreignCommits,
      inject: [OPEN_DATABASE],
    },
  ],
  exports: [UnitOfWork, ReadDb, ForeignCommits],
})
export class DatabaseModule {}
