import { Global, Module } from '@nestjs/common';
import { AuditService } from './audit.service';

/** Global: everything that changes anything tells the trail. */
@Global()
@Module({ providers: [AuditService], exports: [AuditService] })
export class AuditModule {}
