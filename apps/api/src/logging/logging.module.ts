import { Global, Module } from '@nestjs/common';
import { RateLimitedLog } from './rate-limited-log.service';

export { LOG_MB } from './log-files';

/** Gives every module the log for repeated warnings. Plain lines: Nest's own `new Logger(name)`. */
@Global()
@Module({ providers: [RateLimitedLog], exports: [RateLimitedLog] })
export class LoggingModule {}
